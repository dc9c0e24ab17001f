package dev.gitvan.cache;

import java.util.List;
import java.util.Objects;

/** Statistics of one tier of one cache. Immutable. */
public final class CacheStats {
  private final String cache;
  private final String tier;
  private final int level;
  private final long entries;
  private final long bytes;
  private final long hits;
  private final long misses;
  private final double meanLoadSeconds;
  private final long evictions;
  private final long corrupt;

  private CacheStats(Builder builder) {
    this.cache = builder.cache;
    this.tier = builder.tier;
    this.level = builder.level;
    this.entries = builder.entries;
    this.bytes = builder.bytes;
    this.hits = builder.hits;
    this.misses = builder.misses;
    this.meanLoadSeconds = builder.meanLoadSeconds;
    this.evictions = builder.evictions;
    this.corrupt = builder.corrupt;
  }

  /** Returns a builder; see {@link Builder} for the defaults. */
  public static Builder builder(String cache, String tier, int level) {
    return new Builder(cache, tier, level);
  }

  /** Returns a builder with the values of this object. */
  public Builder toBuilder() {
    var builder = new Builder(cache, tier, level);
    builder.entries = entries;
    builder.bytes = bytes;
    builder.hits = hits;
    builder.misses = misses;
    builder.meanLoadSeconds = meanLoadSeconds;
    builder.evictions = evictions;
    builder.corrupt = corrupt;
    return builder;
  }

  /** Name of the cache. */
  public String cache() {
    return cache;
  }

  /** The tier's name; {@code loader} for the loads themselves. */
  public String tier() {
    return tier;
  }

  /** 1 to 3; 0 for the loader. */
  public int level() {
    return level;
  }

  /** Current number of entries; -1 if unknown. */
  public long entries() {
    return entries;
  }

  /** Current size in bytes; -1 if unknown. */
  public long bytes() {
    return bytes;
  }

  /** Number of reads that found an entry. */
  public long hits() {
    return hits;
  }

  /** Number of reads that found none. */
  public long misses() {
    return misses;
  }

  /** Mean time of a load or a read of this tier, in seconds. */
  public double meanLoadSeconds() {
    return meanLoadSeconds;
  }

  /** Number of entries that were removed to stay within the bounds. */
  public long evictions() {
    return evictions;
  }

  /** Number of entries that failed their check and were deleted. */
  public long corrupt() {
    return corrupt;
  }

  /** Hits divided by reads, 0 to 1; 0 without reads. */
  public double hitRatio() {
    return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CacheStats stats && values().equals(stats.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return cache
        + " in "
        + tier
        + ": "
        + entries
        + " entries, "
        + hits
        + " hits, "
        + misses
        + " misses";
  }

  private List<Object> values() {
    return List.of(
        cache, tier, level, entries, bytes, hits, misses, meanLoadSeconds, evictions, corrupt);
  }

  /**
   * Builds statistics. By default, the number of entries and their size are unknown, and all else
   * is 0. Not thread-safe.
   */
  public static final class Builder {
    private final String cache;
    private final String tier;
    private final int level;
    private long entries = -1;
    private long bytes = -1;
    private long hits;
    private long misses;
    private double meanLoadSeconds;
    private long evictions;
    private long corrupt;

    private Builder(String cache, String tier, int level) {
      this.cache = Objects.requireNonNull(cache, "cache");
      this.tier = Objects.requireNonNull(tier, "tier");
      this.level = level;
    }

    public Builder entries(long value) {
      entries = value;
      return this;
    }

    public Builder bytes(long value) {
      bytes = value;
      return this;
    }

    public Builder hits(long value) {
      hits = value;
      return this;
    }

    public Builder misses(long value) {
      misses = value;
      return this;
    }

    public Builder meanLoadSeconds(double value) {
      meanLoadSeconds = value;
      return this;
    }

    public Builder evictions(long value) {
      evictions = value;
      return this;
    }

    public Builder corrupt(long value) {
      corrupt = value;
      return this;
    }

    public CacheStats build() {
      return new CacheStats(this);
    }
  }
}
