package dev.gitvan.cache;

import dev.gitvan.config.Configuration;
import dev.gitvan.config.Section;
import dev.gitvan.config.Setting;
import java.time.Duration;

/**
 * The section {@code cache} of the configuration. Immutable.
 *
 * @param memoryEntries maximum number of entries of one cache in memory
 * @param memoryTtl how long an entry in memory is valid
 * @param diskSize maximum size of the cache on disk, in bytes
 * @param diskTtl how long an entry on disk is valid
 * @param git whether entries are kept in the Git repository
 */
public record CacheSettings(
    int memoryEntries, Duration memoryTtl, long diskSize, Duration diskTtl, boolean git) {
  private static final long MIB = 1L << 20;
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(365);

  private static final Section.Builder CACHE =
      Section.named("cache", "The cache tiers.")
          .group("memory", "The tier in memory.")
          .group("disk", "The tier on disk.")
          .group("git", "The tier in the Git repository.");

  private static final Setting<Integer> MEMORY_ENTRIES =
      CACHE.wholeNumber(
          "memory.entries", 1, 10_000_000, 1000, "Maximum number of entries of one cache.");
  private static final Setting<Duration> MEMORY_TTL =
      CACHE.duration(
          "memory.ttl", SHORTEST, LONGEST, Duration.ofMinutes(5), "How long an entry is valid.");
  private static final Setting<Long> DISK_SIZE =
      CACHE.size("disk.size", MIB, 1024 * 1024 * MIB, 256 * MIB, "Maximum size.");
  private static final Setting<Duration> DISK_TTL =
      CACHE.duration(
          "disk.ttl", SHORTEST, LONGEST, Duration.ofHours(24), "How long an entry is valid.");
  private static final Setting<Boolean> GIT_ENABLED =
      CACHE.flag("git.enabled", true, "Whether entries are kept in the Git repository.");

  /** The section. */
  public static final Section SECTION = CACHE.build();

  /** The defaults. */
  public static final CacheSettings DEFAULTS =
      new CacheSettings(
          MEMORY_ENTRIES.defaultValue(),
          MEMORY_TTL.defaultValue(),
          DISK_SIZE.defaultValue(),
          DISK_TTL.defaultValue(),
          GIT_ENABLED.defaultValue());

  /** The settings in a configuration. */
  public static CacheSettings of(Configuration configuration) {
    return new CacheSettings(
        configuration.get(MEMORY_ENTRIES),
        configuration.get(MEMORY_TTL),
        configuration.get(DISK_SIZE),
        configuration.get(DISK_TTL),
        configuration.get(GIT_ENABLED));
  }
}
