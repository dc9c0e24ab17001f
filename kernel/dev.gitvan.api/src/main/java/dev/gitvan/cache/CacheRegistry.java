package dev.gitvan.cache;

import dev.gitvan.repository.RepositoryId;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The registry of caches, over the tiers that bundles contribute. Safe for any thread.
 *
 * <p>The time to live of an entry starts again in each tier. A bundle that caches instances of its
 * own classes clears the cache when it stops, so that its class loader can be collected.
 */
@ProviderType
public interface CacheRegistry {
  /**
   * Returns the cache of a specification; the same name and repository return the same cache.
   * Changed bounds are applied.
   *
   * @throws IllegalArgumentException if the cache exists with another schema version or other
   *     codecs
   */
  <K, V> Cache<K, V> cache(CacheSpec<K, V> spec);

  /** Returns statistics of every cache and tier in this process, ordered by cache and level. */
  List<CacheStats> stats();

  /**
   * Like {@link #stats}, including earlier processes of the last seven days, and caches in
   * persistent tiers that this process has not opened.
   *
   * @param repository repository whose caches in Git are included; null: none
   */
  List<CacheStats> history(RepositoryId repository);

  /** Clears a cache of this process in every tier. */
  void clear(String name);

  /**
   * Like {@link #clear(String)}, including caches in persistent tiers that this process has not
   * opened: on disk those of every repository, in Git those of one.
   *
   * @param repository null: none
   * @throws dev.gitvan.diagnostics.GitVanException {@code LOCK_HELD}, {@code IO_ERROR}, ... if a
   *     tier could not be cleared; the other tiers have been
   */
  void clear(String name, RepositoryId repository);

  /**
   * Reads every entry of the persistent tiers, and deletes those that fail their check.
   *
   * @param repository as for {@link #history}
   */
  List<CacheCheck> verify(RepositoryId repository);
}
