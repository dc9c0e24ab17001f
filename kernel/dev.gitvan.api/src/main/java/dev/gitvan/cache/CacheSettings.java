package dev.gitvan.cache;

import dev.gitvan.config.Configuration;
import dev.gitvan.config.Section;
import dev.gitvan.config.Setting;
import java.time.Duration;
import java.util.List;

/** The section {@code cache} of the configuration. Immutable. */
public final class CacheSettings {
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
  public static final CacheSettings DEFAULTS = new CacheSettings(Setting::defaultValue);

  private final int memoryEntries;
  private final Duration memoryTtl;
  private final long diskSize;
  private final Duration diskTtl;
  private final boolean git;

  private CacheSettings(Source source) {
    this.memoryEntries = source.get(MEMORY_ENTRIES);
    this.memoryTtl = source.get(MEMORY_TTL);
    this.diskSize = source.get(DISK_SIZE);
    this.diskTtl = source.get(DISK_TTL);
    this.git = source.get(GIT_ENABLED);
  }

  /** Where the values are from. */
  private interface Source {
    <T> T get(Setting<T> setting);
  }

  /** The settings in a configuration. */
  public static CacheSettings of(Configuration configuration) {
    return new CacheSettings(configuration::get);
  }

  /** Maximum number of entries of one cache in memory. */
  public int memoryEntries() {
    return memoryEntries;
  }

  /** How long an entry in memory is valid. */
  public Duration memoryTtl() {
    return memoryTtl;
  }

  /** Maximum size of the cache on disk, in bytes. */
  public long diskSize() {
    return diskSize;
  }

  /** How long an entry on disk is valid. */
  public Duration diskTtl() {
    return diskTtl;
  }

  /** Whether entries are kept in the Git repository. */
  public boolean git() {
    return git;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CacheSettings settings && values().equals(settings.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return SECTION + " " + values();
  }

  private List<Object> values() {
    return List.of(memoryEntries, memoryTtl, diskSize, diskTtl, git);
  }
}
