package dev.gitvan.cache.spi;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One layer of storage for caches. Register it as a service with {@link GitVanCacheTier}. Safe for
 * any thread. It may fail, vanish and return at any time: the registry treats that as a miss.
 */
@ConsumerType
public interface CacheTier {
  /**
   * Opens a region: the part of the tier that belongs to one cache. What an earlier process left in
   * a persistent tier under the same specification is there again.
   *
   * @return null when the tier does not hold caches of this kind
   * @throws IOException when it cannot; the registry goes on without this tier for that cache
   */
  Region open(RegionSpec spec) throws IOException;
}
