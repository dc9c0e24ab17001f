package dev.gitvan.cache.spi;

import dev.gitvan.job.spi.RequireGitVan;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Says which layer a {@link CacheTier} service is. */
@ComponentPropertyType
@RequireGitVan
public @interface GitVanCacheTier {
  /** Prefix of the service properties. */
  String PREFIX_ = "gitvan.cache.";

  /** Name in statistics, such as {@code heap}. */
  String tier();

  /**
   * 1: memory, holds values as they are; 2: disk, holds bytes; 3: Git, holds bytes. Of several
   * tiers of one level the highest {@code service.ranking} is used.
   */
  int level();
}
