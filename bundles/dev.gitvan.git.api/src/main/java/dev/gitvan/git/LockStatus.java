package dev.gitvan.git;

import java.time.Instant;
import java.util.Optional;

/**
 * A lock as its ref tells.
 *
 * @param name without {@code refs/gitvan/locks/}
 * @param owner who has it, or had it last; empty when its record cannot be read
 * @param host the owner's machine; empty unless it is held or expired
 * @param pid the owner's process; 0 unless it is held or expired
 * @param since when it was acquired, or released, by that machine's clock; null when its record
 *     cannot be read
 * @param expires when its lease passes, by the owner's clock; null unless it is held or expired
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
  /** When its lease passes. */
  public Optional<Instant> expiry() {
    return Optional.ofNullable(expires);
  }

  /** Whether somebody has it. */
  public enum State {
    /** Somebody has it. */
    HELD,
    /** Nobody has it. */
    FREE,
    /** Its owner has ended, or let its lease pass: whoever wants it gets it. */
    EXPIRED,
    /** Its ref names something else than a lock's record. */
    UNREADABLE
  }
}
