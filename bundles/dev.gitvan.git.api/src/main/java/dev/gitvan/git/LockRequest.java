package dev.gitvan.git;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A request to acquire a lock. Immutable: each option has a method that returns a changed copy. */
public final class LockRequest {
  /** Long enough for a garbage collection, a slow disk and a short stop in a debugger. */
  public static final Duration DEFAULT_LEASE = Duration.ofSeconds(60);

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final String name;
  private final String owner;
  private final Duration lease;
  private final Duration patience;

  private LockRequest(String name, String owner, Duration lease, Duration patience) {
    if (lease.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("a lease of less than a second: " + lease);
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException("negative patience: " + patience);
    }
    this.name = Objects.requireNonNull(name, "name");
    this.owner = Objects.requireNonNull(owner, "owner");
    this.lease = Objects.requireNonNull(lease, "lease");
    this.patience = Objects.requireNonNull(patience, "patience");
  }

  /** A request with the default lease that does not wait. */
  public static LockRequest of(String name, String owner) {
    return new LockRequest(name, owner, DEFAULT_LEASE, Duration.ZERO);
  }

  /** A copy with another lease. */
  public LockRequest withLease(Duration time) {
    return new LockRequest(name, owner, time, patience);
  }

  /** A copy that waits for the lock. */
  public LockRequest waiting(Duration time) {
    return new LockRequest(name, owner, lease, time);
  }

  /** Name, such as {@code deploy/production}; its ref is {@code refs/gitvan/locks/NAME}. */
  public String name() {
    return name;
  }

  /** Description of the owner, for people: {@code job release, run 01K...}. */
  public String owner() {
    return owner;
  }

  /**
   * Time until other machines may take it if this process stops renewing it; at least one second.
   * Renewed after a third of it.
   */
  public Duration lease() {
    return lease;
  }

  /** Maximum time to wait; zero: do not wait. */
  public Duration patience() {
    return patience;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LockRequest request && values().equals(request.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "LockRequest" + values();
  }

  private List<Object> values() {
    return List.of(name, owner, lease, patience);
  }
}
