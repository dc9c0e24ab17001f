package dev.gitvan.cache.spi;

import dev.gitvan.repository.RepositoryId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;

/** The specification of a tier's region; see {@link dev.gitvan.cache.CacheSpec}. Immutable. */
public final class RegionSpec {
  private final String cache;
  private final int schema;
  private final RepositoryId repository;
  private final Duration ttl;
  private final long maxEntries;
  private final ToIntFunction<Object> weigher;
  private final long maxWeight;

  private RegionSpec(Builder builder) {
    this.cache = builder.cache;
    this.schema = builder.schema;
    this.repository = builder.repository;
    this.ttl = builder.ttl;
    this.maxEntries = builder.maxEntries;
    this.weigher = builder.weigher;
    this.maxWeight = builder.maxWeight;
  }

  /** Returns a builder; see {@link Builder} for the defaults. */
  public static Builder builder(String cache, long maxEntries) {
    return new Builder(cache, maxEntries);
  }

  /** Name of the cache. */
  public String cache() {
    return cache;
  }

  /** Version of keys and values; entries of other versions are ignored. */
  public int schema() {
    return schema;
  }

  /** Owner of the cache; null: shared by all. */
  public RepositoryId repository() {
    return repository;
  }

  /** Time to live of an entry; zero: unlimited. */
  public Duration ttl() {
    return ttl;
  }

  /** Maximum number of entries. */
  public long maxEntries() {
    return maxEntries;
  }

  /** Returns the size of a value in memory, in bytes; null: values are not weighed. */
  public ToIntFunction<Object> weigher() {
    return weigher;
  }

  /** Maximum size of all values in memory, in bytes; ignored without a weigher. */
  public long maxWeight() {
    return maxWeight;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RegionSpec spec && values().equals(spec.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "region of " + cache;
  }

  private List<Object> values() {
    return Arrays.asList(cache, schema, repository, ttl, maxEntries, weigher, maxWeight);
  }

  /**
   * Builds specifications. By default, the schema is 1, the region is shared by all repositories,
   * entries live forever, and values are not weighed. Not thread-safe.
   */
  public static final class Builder {
    private final String cache;
    private final long maxEntries;
    private int schema = 1;
    private RepositoryId repository;
    private Duration ttl = Duration.ZERO;
    private ToIntFunction<Object> weigher;
    private long maxWeight;

    private Builder(String cache, long maxEntries) {
      this.cache = Objects.requireNonNull(cache, "cache");
      this.maxEntries = maxEntries;
    }

    public Builder schema(int value) {
      schema = value;
      return this;
    }

    /** Sets the owner; null: shared by all. */
    public Builder repository(RepositoryId value) {
      repository = value;
      return this;
    }

    public Builder ttl(Duration value) {
      ttl = Objects.requireNonNull(value, "ttl");
      return this;
    }

    /**
     * Limits the size of all values in memory, in bytes.
     *
     * @param value returns the size of a value; null: values are not weighed
     * @param limit maximum size of all values
     */
    public Builder weigher(ToIntFunction<Object> value, long limit) {
      weigher = value;
      maxWeight = limit;
      return this;
    }

    public RegionSpec build() {
      return new RegionSpec(this);
    }
  }
}
