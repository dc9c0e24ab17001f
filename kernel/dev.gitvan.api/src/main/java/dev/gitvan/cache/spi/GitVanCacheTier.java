package dev.gitvan.cache.spi;

import dev.gitvan.job.spi.RequireGitVan;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Declares the name and level of a {@link CacheTier} service. */
@ComponentPropertyType
@RequireGitVan
public @interface GitVanCacheTier {
  /** Prefix of the service properties. */
  String PREFIX_ = "gitvan.cache.";

  /** Name in statistics, such as {@code heap}. */
  String tier();

  /**
   * 1: memory, stores objects; 2: disk, stores bytes; 3: Git, stores bytes. Of several tiers of one
   * level the one with the highest {@code service.ranking} is used.
   */
  int level();
}
