package dev.gitvan.cache;

import dev.gitvan.repository.RepositoryId;
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

  /** Figures of every cache and tier in this process, by cache, then level. */
  List<CacheStats> stats();

  /**
   * The same with what earlier processes of the last seven days counted, and what the tiers keep
   * although nobody has opened it here.
   *
   * @param repository whose caches in Git; null: outside of any
   */
  List<CacheStats> history(RepositoryId repository);

  /** Empties a cache of this process in every tier; all of them when the name is null. */
  void clear(String name);

  /**
   * The same, and what the tiers keep although nobody has opened it here: on disk the caches of
   * every repository, in Git those of one.
   *
   * @param repository null: outside of any
   * @throws dev.gitvan.diagnostics.GitVanException {@code LOCK_HELD}, {@code IO_ERROR}, ... when a
   *     tier could not be emptied; the others have been
   */
  void clear(String name, RepositoryId repository);

  /**
   * Reads every entry of the tiers that outlive the process, and drops what fails its check.
   *
   * @param repository as for {@link #history}
   */
  List<CacheCheck> verify(RepositoryId repository);
}
