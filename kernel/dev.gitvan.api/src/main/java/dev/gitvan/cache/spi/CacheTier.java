package dev.gitvan.cache.spi;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One layer of storage for caches. Register it as a service with {@link GitVanCacheTier}. Safe for
 * any thread. It may fail, disappear and return at any time: the registry treats that as a miss.
 */
@ConsumerType
public interface CacheTier {
  /**
   * Opens a region: the part of the tier that belongs to one cache. In a persistent tier, it
   * contains the entries of earlier processes with the same specification.
   *
   * @return null if the tier does not support caches of this kind
   * @throws IOException if opening fails; the registry continues without this tier for the cache
   */
  Region open(RegionSpec spec) throws IOException;
}
