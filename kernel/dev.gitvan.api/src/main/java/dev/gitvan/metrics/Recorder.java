package dev.gitvan.metrics;

import org.osgi.annotation.versioning.ProviderType;

/** Records the durations of one operation. Keep it on hot paths. Safe for any thread. */
@ProviderType
@FunctionalInterface
public interface Recorder {
  /**
   * Records one duration.
   *
   * @param nanos in nanoseconds; negative counts as 0
   */
  void record(long nanos);

  /** Records the time from {@code startNanos}, a {@link System#nanoTime()}, to now. */
  default void since(long startNanos) {
    record(System.nanoTime() - startNanos);
  }
}
