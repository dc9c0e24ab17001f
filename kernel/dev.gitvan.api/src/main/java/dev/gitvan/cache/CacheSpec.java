package dev.gitvan.cache;

import dev.gitvan.repository.RepositoryId;
import java.time.Duration;
import java.util.Objects;
import java.util.function.ToIntFunction;

/**
 * The specification of a cache.
 *
 * @param name lower-case words joined by {@code -}; together with the repository, it identifies a
 *     cache
 * @param schema version of keys and values; entries of other versions are ignored
 * @param repository owner of the cache, for tiers in a repository; null: shared by all
 * @param keys key codec; null: the cache is in memory only
 * @param values value codec; null: the cache is in memory only
 * @param ttl time to live of an entry; zero: unlimited; null: from the configuration ({@code
 *     cache.memory.ttl}, {@code cache.disk.ttl}; unlimited in Git)
 * @param maxEntries maximum number of entries in memory; 0: from the configuration ({@code
 *     cache.memory.entries})
 * @param weigher returns the size of a value in memory, in bytes; null: values are not weighed
 * @param maxWeight maximum size of all values in memory, in bytes; ignored without a weigher
 */
public record CacheSpec<K, V>(
    String name,
    int schema,
    RepositoryId repository,
    Codec<K> keys,
    Codec<V> values,
    Duration ttl,
    long maxEntries,
    ToIntFunction<V> weigher,
    long maxWeight) {
  public CacheSpec {
    Objects.requireNonNull(name, "name");
    if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException("cache name: " + name);
    }
    if ((keys == null) != (values == null)) {
      throw new IllegalArgumentException(name + ": give both codecs or none");
    }
  }

  /** A cache in memory only. */
  public static <K, V> CacheSpec<K, V> inMemory(String name, Duration ttl, long maxEntries) {
    return new CacheSpec<>(name, 1, null, null, null, ttl, maxEntries, null, 0);
  }

  /**
   * A cache of bytes by string keys, in all tiers, with the bounds of the configuration. It
   * references no class of the caller's bundle, so the bundle can be removed while its cache stays.
   *
   * @param maxWeight maximum size of all values in memory, in bytes
   */
  public static CacheSpec<String, byte[]> ofBytes(
      String name, int schema, RepositoryId repository, long maxWeight) {
    return new CacheSpec<>(
        name, schema, repository, Codec.utf8(), Codec.bytes(), null, 0, bytesWeigher(), maxWeight);
  }

  /** Weighs byte arrays by their length. */
  public static ToIntFunction<byte[]> bytesWeigher() {
    return bytes -> bytes.length;
  }

  /** Whether tiers below memory can store values. */
  public boolean hasCodecs() {
    return keys != null;
  }
}
