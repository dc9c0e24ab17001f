package dev.gitvan.git;

import java.time.Duration;
import java.util.Objects;

/**
 * A request to acquire a lock.
 *
 * @param name such as {@code deploy/production}; its ref is {@code refs/gitvan/locks/NAME}
 * @param owner description of the owner, for people: {@code job release, run 01K...}
 * @param lease time until other machines may take it if this process stops renewing it; at least
 *     one second. Renewed after a third of it
 * @param patience maximum time to wait; zero: do not wait
 */
public record LockRequest(String name, String owner, Duration lease, Duration patience) {
  /** Long enough for a garbage collection, a slow disk and a short stop in a debugger. */
  public static final Duration DEFAULT_LEASE = Duration.ofSeconds(60);

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  public LockRequest {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(owner, "owner");
    if (lease.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("a lease of less than a second: " + lease);
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException("negative patience: " + patience);
    }
  }

  /** A request with the default lease that does not wait. */
  public static LockRequest of(String name, String owner) {
    return new LockRequest(name, owner, DEFAULT_LEASE, Duration.ZERO);
  }

  /** A copy with another lease. */
  public LockRequest withLease(Duration lease) {
    return new LockRequest(name, owner, lease, patience);
  }

  /** A copy that waits for the lock. */
  public LockRequest waiting(Duration patience) {
    return new LockRequest(name, owner, lease, patience);
  }
}
