package dev.gitvan.git;

import java.util.Objects;

/**
 * Proof that a lock was acquired. Refs that move under the condition of a fence do not move when
 * somebody else has the lock meanwhile, however long the holder slept.
 *
 * @param lock the lock's name, without {@code refs/gitvan/locks/}
 * @param token tells this acquisition from every other
 * @see Lock#fence
 */
public record Fence(String lock, String token) {
  public Fence {
    Objects.requireNonNull(lock, "lock");
    Objects.requireNonNull(token, "token");
  }
}
