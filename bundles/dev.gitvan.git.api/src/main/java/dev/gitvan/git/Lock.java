package dev.gitvan.git;

import org.osgi.annotation.versioning.ProviderType;

/**
 * An acquired lock, held until it is closed or lost. Its lease is renewed in the background. Safe
 * for any thread; another thread may close it.
 */
@ProviderType
public interface Lock extends AutoCloseable {
  /** The lock's name. */
  String name();

  /** The number of acquisitions of this lock so far, including this one. It never decreases. */
  long epoch();

  /**
   * Makes a {@link RefBatch} or a run's transaction move refs only while this lock is held. A
   * holder that was suspended beyond its lease cannot write with it.
   */
  Fence fence();

  /**
   * Whether it is held as far as this process knows: its lease has not expired, and no other owner
   * has been seen. Only a {@link #fence} is proof.
   */
  boolean isHeld();

  /**
   * Checks that the lock is still held.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code LOCK_LOST} if it is no longer held
   */
  void check();

  /** Releases it, if it is still held. */
  @Override
  void close();
}
