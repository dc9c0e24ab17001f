package dev.gitvan.cache;

import dev.gitvan.repository.RepositoryId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;

/** The specification of a cache. Immutable. */
public final class CacheSpec<K, V> {
  private final String name;
  private final int schema;
  private final RepositoryId repository;
  private final Codec<K> keys;
  private final Codec<V> values;
  private final Duration ttl;
  private final long maxEntries;
  private final ToIntFunction<V> weigher;
  private final long maxWeight;

  private CacheSpec(Builder<K, V> builder) {
    this.name = builder.name;
    this.schema = builder.schema;
    this.repository = builder.repository;
    this.keys = builder.keys;
    this.values = builder.values;
    this.ttl = builder.ttl;
    this.maxEntries = builder.maxEntries;
    this.weigher = builder.weigher;
    this.maxWeight = builder.maxWeight;
  }

  /**
   * Returns a builder of a cache in memory only; see {@link Builder} for the defaults.
   *
   * @throws IllegalArgumentException when the name is not valid
   */
  public static <K, V> Builder<K, V> builder(String name) {
    return new Builder<>(name, null, null);
  }

  /**
   * Returns a builder of a cache in all tiers; see {@link Builder} for the defaults.
   *
   * @throws IllegalArgumentException when the name is not valid
   */
  public static <K, V> Builder<K, V> builder(String name, Codec<K> keys, Codec<V> values) {
    return new Builder<>(
        name, Objects.requireNonNull(keys, "keys"), Objects.requireNonNull(values, "values"));
  }

  /** A cache in memory only. */
  public static <K, V> CacheSpec<K, V> inMemory(String name, Duration ttl, long maxEntries) {
    return CacheSpec.<K, V>builder(name).ttl(ttl).maxEntries(maxEntries).build();
  }

  /**
   * A cache of bytes by string keys, in all tiers, with the bounds of the configuration. It
   * references no class of the caller's bundle, so the bundle can be removed while its cache stays.
   *
   * @param maxWeight maximum size of all values in memory, in bytes
   */
  public static CacheSpec<String, byte[]> ofBytes(
      String name, int schema, RepositoryId repository, long maxWeight) {
    return builder(name, Codec.utf8(), Codec.bytes())
        .schema(schema)
        .repository(repository)
        .weigher(bytesWeigher(), maxWeight)
        .build();
  }

  /** Weighs byte arrays by their length. */
  public static ToIntFunction<byte[]> bytesWeigher() {
    return bytes -> bytes.length;
  }

  /** Lower-case words joined by {@code -}; together with the repository, it identifies a cache. */
  public String name() {
    return name;
  }

  /** Version of keys and values; entries of other versions are ignored. */
  public int schema() {
    return schema;
  }

  /** Owner of the cache, for tiers in a repository; null: shared by all. */
  public RepositoryId repository() {
    return repository;
  }

  /** Key codec; null: the cache is in memory only. */
  public Codec<K> keys() {
    return keys;
  }

  /** Value codec; null: the cache is in memory only. */
  public Codec<V> values() {
    return values;
  }

  /**
   * Time to live of an entry; zero: unlimited; null: from the configuration ({@code
   * cache.memory.ttl}, {@code cache.disk.ttl}; unlimited in Git).
   */
  public Duration ttl() {
    return ttl;
  }

  /**
   * Maximum number of entries in memory; 0: from the configuration ({@code cache.memory.entries}).
   */
  public long maxEntries() {
    return maxEntries;
  }

  /** Returns the size of a value in memory, in bytes; null: values are not weighed. */
  public ToIntFunction<V> weigher() {
    return weigher;
  }

  /** Maximum size of all values in memory, in bytes; ignored without a weigher. */
  public long maxWeight() {
    return maxWeight;
  }

  /** Whether tiers below memory can store values. */
  public boolean hasCodecs() {
    return keys != null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CacheSpec<?, ?> spec && fields().equals(spec.fields());
  }

  @Override
  public int hashCode() {
    return fields().hashCode();
  }

  @Override
  public String toString() {
    return "cache " + name;
  }

  private List<Object> fields() {
    return Arrays.asList(
        name, schema, repository, keys, values, ttl, maxEntries, weigher, maxWeight);
  }

  /**
   * Builds specifications. By default, the schema is 1, the cache is shared by all repositories,
   * the configuration sets its bounds, and values are not weighed. Not thread-safe.
   */
  public static final class Builder<K, V> {
    private final String name;
    private final Codec<K> keys;
    private final Codec<V> values;
    private int schema = 1;
    private RepositoryId repository;
    private Duration ttl;
    private long maxEntries;
    private ToIntFunction<V> weigher;
    private long maxWeight;

    private Builder(String name, Codec<K> keys, Codec<V> values) {
      Objects.requireNonNull(name, "name");
      if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
        throw new IllegalArgumentException("cache name: " + name);
      }
      this.name = name;
      this.keys = keys;
      this.values = values;
    }

    /** Sets the version of keys and values; 1 by default. Entries of other versions are ignored. */
    public Builder<K, V> schema(int value) {
      schema = value;
      return this;
    }

    /** Sets the owner, for tiers in a repository; null: shared by all. */
    public Builder<K, V> repository(RepositoryId value) {
      repository = value;
      return this;
    }

    /**
     * Sets the time to live of an entry; zero: unlimited. By default, the configuration sets it.
     */
    public Builder<K, V> ttl(Duration value) {
      ttl = value;
      return this;
    }

    /** Sets the maximum number of entries in memory. By default, the configuration sets it. */
    public Builder<K, V> maxEntries(long value) {
      maxEntries = value;
      return this;
    }

    /**
     * Limits the size of all values in memory, in bytes. By default, values are not weighed.
     *
     * @param value returns the size of a value
     * @param limit maximum size of all values
     */
    public Builder<K, V> weigher(ToIntFunction<V> value, long limit) {
      weigher = Objects.requireNonNull(value, "weigher");
      maxWeight = limit;
      return this;
    }

    public CacheSpec<K, V> build() {
      return new CacheSpec<>(this);
    }
  }
}
