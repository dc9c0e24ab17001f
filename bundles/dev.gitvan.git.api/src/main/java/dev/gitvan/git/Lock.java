package dev.gitvan.git;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A lock that is held, until it is closed or lost. Its lease is renewed in the background. Safe for
 * any thread, and may be closed by another one than acquired it.
 */
@ProviderType
public interface Lock extends AutoCloseable {
  /** The lock's name. */
  String name();

  /** How often the lock has been acquired so far, this time included: it grows for ever. */
  long epoch();

  /**
   * Makes refs move only while this lock is held: in a {@link RefBatch}, or in a run's transaction.
   * Whoever slept past his lease cannot write with it.
   */
  Fence fence();

  /**
   * Whether it is held as far as is known here: its lease has not passed, and nobody has been seen
   * to have it. Only a {@link #fence} is proof.
   */
  boolean isHeld();

  /**
   * Whether to go on.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code LOCK_LOST} when it is not held any more
   */
  void check();

  /** Releases it, if it is still held. */
  @Override
  void close();
}
