package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.cache.CacheHandle;
import dev.gitvan.cache.CacheRegistry;
import dev.gitvan.cache.CacheSpec;
import dev.gitvan.repository.RepositoryId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The cache {@value #NAME}: contents of Git objects, in memory. An object never changes under its
 * id, so nothing here is ever out of date; each repository sees its own objects only. Safe for any
 * thread.
 */
public final class ObjectCache {
  public static final String NAME = "git-objects";

  /** Of all repositories together, in bytes. */
  private static final long MAX_BYTES = 16L << 20;

  private static final long MAX_ENTRIES = 50_000;

  /** Larger objects are not kept: a few of them would drive out everything else. */
  private static final int MAX_OBJECT = 512 << 10;

  /** A short command would only pay for the cache. */
  private static final long PAYS_AFTER_NANOS = Duration.ofSeconds(2).toNanos();

  private final CacheHandle<Key, byte[]> cache;
  private final LongSupplier nanos;
  private final long since;
  private volatile boolean pays;

  /**
   * @param registries supplies null while there is none
   */
  public ObjectCache(Supplier<CacheRegistry> registries) {
    this(registries, System::nanoTime);
  }

  ObjectCache(Supplier<CacheRegistry> registries, LongSupplier nanos) {
    this.nanos = nanos;
    this.since = nanos.getAsLong();
    this.cache =
        new CacheHandle<>(
            registries,
            () ->
                CacheSpec.<Key, byte[]>builder(NAME)
                    .ttl(Duration.ZERO)
                    .maxEntries(MAX_ENTRIES)
                    .weigher(CacheSpec.bytesWeigher(), MAX_BYTES)
                    .build());
  }

  /**
   * Names an object.
   *
   * @param id 40 hexadecimal digits
   * @param commit whether it was read as a commit: then it is one
   */
  record Key(RepositoryId repository, String id, boolean commit) {}

  /** The content, not to be changed. */
  Optional<byte[]> find(Key key) {
    return pays() ? cache.get().peek(key) : Optional.empty();
  }

  /** Keeps a content, which is not changed any more. */
  void keep(Key key, byte[] content) {
    if (content.length <= MAX_OBJECT && pays()) {
      cache.get().put(key, content);
    }
  }

  private boolean pays() {
    if (!pays) {
      pays = nanos.getAsLong() - since >= PAYS_AFTER_NANOS;
    }
    return pays;
  }
}
