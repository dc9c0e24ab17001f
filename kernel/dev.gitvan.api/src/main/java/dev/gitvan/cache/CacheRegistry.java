package dev.gitvan.cache;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The caches, over the tiers that bundles contribute. Safe for any thread.
 *
 * <p>An entry's time begins anew in each tier that it reaches. A bundle that keeps values of its
 * own classes clears the cache when it stops, so that nothing of it stays.
 */
@ProviderType
public interface CacheRegistry {
  /**
   * The cache of a specification: the same one for the same name and repository. Other bounds than
   * before are taken up.
   *
   * @throws IllegalArgumentException when that cache exists with another schema version or other
   *     codecs
   */
  <K, V> Cache<K, V> cache(CacheSpec<K, V> spec);

  /** Figures of every cache and tier, by cache, then level. */
  List<CacheStats> stats();

  /** Empties a cache in every tier; all of them when the name is null. */
  void clear(String name);
}
