package dev.gitvan.git;

import java.time.Duration;
import java.util.Objects;

/**
 * A lock to acquire.
 *
 * @param name such as {@code deploy/production}; its ref is {@code refs/gitvan/locks/NAME}
 * @param owner who wants it, for people to read: {@code job release, run 01K...}
 * @param lease how long it stays held when this process dies or sleeps on another machine; from one
 *     second on. Renewed at a third of it
 * @param patience how long to wait for it; zero: not at all
 */
public record LockRequest(String name, String owner, Duration lease, Duration patience) {
  /** Survives a long garbage collection, a slow disk and a debugger's short stop. */
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

  /** The same with another lease. */
  public LockRequest withLease(Duration lease) {
    return new LockRequest(name, owner, lease, patience);
  }

  /** The same, and worth waiting for. */
  public LockRequest waiting(Duration patience) {
    return new LockRequest(name, owner, lease, patience);
  }
}
