package dev.gitvan.cache.spi;

import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A tier whose entries outlive the process. What it keeps can be told, emptied and checked also
 * where no cache has been opened in this process. Safe for any thread.
 */
@ConsumerType
public interface PersistentTier extends CacheTier {
  /**
   * The caches that the tier keeps, without reading their values.
   *
   * @param repository whose caches, for a tier that lives in repositories; null: outside of any
   * @throws TierBusyException when another process has the tier
   */
  List<KeptCache> kept(RepositoryId repository) throws IOException;

  /**
   * Removes a cache's entries.
   *
   * @param cache its name; null: all of them
   * @param repository as for {@link #kept}
   * @throws TierBusyException when another process has the tier
   */
  void clear(String cache, RepositoryId repository) throws IOException;

  /**
   * Reads every entry, and drops those that fail their check.
   *
   * @param repository as for {@link #kept}
   * @return what is left of each cache, and how much was dropped
   * @throws TierBusyException when another process has the tier
   */
  List<KeptCache> verify(RepositoryId repository) throws IOException;
}
