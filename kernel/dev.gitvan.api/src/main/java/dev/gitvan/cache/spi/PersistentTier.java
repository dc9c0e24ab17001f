package dev.gitvan.cache.spi;

import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A tier whose entries outlive the process. Its content can be listed, cleared and verified even if
 * this process has opened no cache. Safe for any thread.
 */
@ConsumerType
public interface PersistentTier extends CacheTier {
  /**
   * Lists the caches in the tier, without reading their values.
   *
   * @param repository repository whose caches are listed, for a tier in repositories; null: none
   * @throws TierBusyException if another process uses the tier
   */
  List<KeptCache> kept(RepositoryId repository) throws IOException;

  /**
   * Removes the entries of a cache.
   *
   * @param cache name of the cache; null: all caches
   * @param repository as for {@link #kept}
   * @throws TierBusyException if another process uses the tier
   */
  void clear(String cache, RepositoryId repository) throws IOException;

  /**
   * Reads every entry, and deletes those that fail their check.
   *
   * @param repository as for {@link #kept}
   * @return the remaining content of each cache, and the number of deleted entries
   * @throws TierBusyException if another process uses the tier
   */
  List<KeptCache> verify(RepositoryId repository) throws IOException;
}
