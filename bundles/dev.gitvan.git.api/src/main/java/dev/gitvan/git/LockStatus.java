package dev.gitvan.git;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of a lock, read from its ref.
 *
 * @param name without {@code refs/gitvan/locks/}
 * @param owner the current or last owner; empty if its record cannot be read
 * @param host host of the owner; empty unless it is held or expired
 * @param pid process id of the owner; 0 unless it is held or expired
 * @param since when it was acquired or released, by the clock of that host; null if its record
 *     cannot be read
 * @param expires when its lease expires, by the owner's clock; null unless it is held or expired
 */
public record LockStatus(
    String name,
    State state,
    long epoch,
    String owner,
    String host,
    long pid,
    Instant since,
    Instant expires) {
  /** When its lease expires; empty unless it is held or expired. */
  public Optional<Instant> expiry() {
    return Optional.ofNullable(expires);
  }

  /** The state of a lock. */
  public enum State {
    /** An owner holds it. */
    HELD,
    /** No owner holds it. */
    FREE,
    /** Its owner has ended, or its lease has expired. The next request acquires it. */
    EXPIRED,
    /** Its ref does not point to a lock record. */
    UNREADABLE
  }
}
