package dev.gitvan.git;

import java.util.Objects;

/**
 * Proof that a lock was acquired. Fenced refs do not move if another owner has acquired the lock
 * since, however long the holder was suspended.
 *
 * @param lock name of the lock, without {@code refs/gitvan/locks/}
 * @param token identifies this acquisition
 * @see Lock#fence
 */
public record Fence(String lock, String token) {
  public Fence {
    Objects.requireNonNull(lock, "lock");
    Objects.requireNonNull(token, "token");
  }
}
