package dev.gitvan.cache;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A named cache over whatever tiers are present: a read asks L1, L2, L3 in order and promotes what
 * it finds. No tier's failure reaches the caller. Safe for any thread.
 *
 * @param <K> keys: immutable, with equals and hashCode
 * @param <V> values: never null; not to be changed once handed over
 */
@ProviderType
public interface Cache<K, V> {
  /**
   * The value of a key, loaded if no tier has it: once, however many callers want it at that
   * moment.
   *
   * @throws Exception what the loader threw, to every caller that waited for it; nothing is kept
   */
  V get(K key, Loader<K, V> onMiss) throws Exception;

  /** The value of a key if a tier has it. */
  Optional<V> peek(K key);

  /** As {@link #peek}, and which tier had it. */
  Optional<Hit<V>> find(K key);

  /** Keeps a value: at once in memory, then behind the caller's back in the lower tiers. */
  void put(K key, V value);

  /** Forgets a key in every tier. */
  void invalidate(K key);

  /** What a cache is while no registry is there: it loads every time and keeps nothing. */
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
   * Loads what no tier has.
   *
   * @param <K> keys
   * @param <V> values
   */
  @FunctionalInterface
  interface Loader<K, V> {
    /** Never null. */
    V load(K key) throws Exception;
  }
}
