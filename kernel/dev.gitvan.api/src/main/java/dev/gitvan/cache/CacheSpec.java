package dev.gitvan.cache;

import dev.gitvan.repository.RepositoryId;
import java.time.Duration;
import java.util.Objects;
import java.util.function.ToIntFunction;

/**
 * What a cache is to be.
 *
 * @param name lower-case words joined by {@code -}; with the repository it names one cache
 * @param schema version of keys and values; another one sees none of this one's entries
 * @param repository whose cache it is, for tiers that live in a repository; null: everybody's
 * @param keys key codec; null: the cache lives in memory only
 * @param values value codec; null: the cache lives in memory only
 * @param ttl how long an entry is good; zero: for ever; null: as the configuration has it ({@code
 *     cache.memory.ttl}, {@code cache.disk.ttl}; in Git as long as there is room)
 * @param maxEntries in memory; 0: as the configuration has it ({@code cache.memory.entries})
 * @param weigher bytes of a value in memory; null: not weighed
 * @param maxWeight bytes of all values in memory; ignored without a weigher
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

  /** A cache that lives in memory only. */
  public static <K, V> CacheSpec<K, V> inMemory(String name, Duration ttl, long maxEntries) {
    return new CacheSpec<>(name, 1, null, null, null, ttl, maxEntries, null, 0);
  }

  /**
   * Bytes in all tiers, under texts, for as long and as many as the configuration says. Nothing of
   * the caller's bundle is in it, so that this can go while its cache stays.
   *
   * @param maxWeight bytes in memory
   */
  public static CacheSpec<String, byte[]> ofBytes(
      String name, int schema, RepositoryId repository, long maxWeight) {
    return new CacheSpec<>(
        name, schema, repository, Codec.utf8(), Codec.bytes(), null, 0, bytesWeigher(), maxWeight);
  }

  /** Weighs bytes by their length. */
  public static ToIntFunction<byte[]> bytesWeigher() {
    return bytes -> bytes.length;
  }

  /** Whether tiers below memory can hold it. */
  public boolean hasCodecs() {
    return keys != null;
  }
}
