package dev.gitvan.metrics;

import org.osgi.annotation.versioning.ProviderType;

/** Counts events of one kind. Keep it on hot paths. Safe for any thread. */
@ProviderType
@FunctionalInterface
public interface Counter {
  /**
   * Adds to the count.
   *
   * @param amount negative counts as 0: counters only grow
   */
  void add(long amount);

  /** Adds one. */
  default void increment() {
    add(1);
  }
}
