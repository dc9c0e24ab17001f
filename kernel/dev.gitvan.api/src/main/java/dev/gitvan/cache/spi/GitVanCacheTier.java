package dev.gitvan.cache.spi;

import dev.gitvan.job.spi.RequireGitVan;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Declares the name and level of a {@link CacheTier} service, and what it guarantees.
 *
 * <p>A tier that is not both {@link #bounded} and {@link #interruptible} is called on threads of
 * its own and has a second for each call; a call that takes longer counts as a miss. If it does not
 * end within another second after it has been interrupted, its thread is abandoned and the tier is
 * quarantined until its bundle is replaced. Level 1 must be bounded and interruptible.
 */
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

  /**
   * Whether the tier keeps to {@link RegionSpec#ttl}. Caches whose entries expire use no tier that
   * does not.
   */
  boolean expires() default false;

  /**
   * Whether calls always end soon, because they wait for nothing that may never happen, such as an
   * answer from a network.
   */
  boolean bounded() default false;

  /** Whether calls end soon after their thread has been interrupted, and leave the tier usable. */
  boolean interruptible() default false;
}
