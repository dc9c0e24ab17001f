package dev.gitvan.cache;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A named cache over the available tiers. A read tries L1, L2 and L3 in order and copies a value
 * that it finds to the tiers above. The failure of a tier never reaches the caller. Safe for any
 * thread.
 *
 * @param <K> keys: immutable, with equals and hashCode
 * @param <V> values: never null; not to be modified after they were passed in
 */
@ProviderType
public interface Cache<K, V> {
  /**
   * Returns the value of a key. If no tier has it, loads it; concurrent callers share one load.
   *
   * @throws Exception the exception of the loader, for every caller that waited for it; nothing is
   *     cached
   */
  V get(K key, Loader<K, V> onMiss) throws Exception;

  /** Returns the value of a key if a tier has it. */
  Optional<V> peek(K key);

  /** Like {@link #peek}, with the name of the tier. */
  Optional<Hit<V>> find(K key);

  /** Stores a value: in memory at once, in the lower tiers asynchronously. */
  void put(K key, V value);

  /** Removes a key from every tier. */
  void invalidate(K key);

  /** A cache that loads every time and stores nothing, for use while there is no registry. */
  static <K, V> Cache<K, V> none() {
    return new NoCache<>();
  }

  /**
   * A value that was found.
   *
   * @param tier the name of the tier that had it
   */
  record Hit<V>(V value, String tier) {}

  /**
   * Loads values that no tier has.
   *
   * @param <K> keys
   * @param <V> values
   */
  @FunctionalInterface
  interface Loader<K, V> {
    /** Returns the value; never null. */
    V load(K key) throws Exception;
  }
}
