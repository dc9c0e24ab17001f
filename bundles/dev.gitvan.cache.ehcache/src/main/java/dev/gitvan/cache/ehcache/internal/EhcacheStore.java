package dev.gitvan.cache.ehcache.internal;

import dev.gitvan.cache.spi.BytesKey;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.ehcache.Cache;
import org.ehcache.CacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheEventListenerConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ExpiryPolicyBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.MemoryUnit;
import org.ehcache.event.CacheEvent;
import org.ehcache.event.CacheEventListener;
import org.ehcache.event.EventType;
import org.ehcache.impl.config.store.disk.OffHeapDiskStoreConfiguration;

/**
 * An open Ehcache disk store: one file for all regions, so that its size has one bound and it opens
 * once. Everything here may throw anything when the file is damaged: {@link DiskStore} shields it.
 */
final class EhcacheStore {
  private static final String CACHE = "entries";

  /** Written by Ehcache on one thread; more segments only divide the room. */
  private static final int SEGMENTS = 4;

  /** Bytes that may wait for the disk: on the heap, so bounded. */
  private static final int WAITING = 16 << 20;

  private static final long PATIENCE_SECONDS = 10;

  private final long largest;
  private final WriterThread writer = new WriterThread();
  private final Semaphore room = new Semaphore(WAITING);
  private final CacheManager manager;
  private final Cache<BytesKey, ByteBuffer> cache;
  private final RandomAccessFile data;
  private final LongAdder changes = new LongAdder();
  private volatile long length;

  /**
   * Opens a store, or makes an empty one.
   *
   * @param evicted receives evicted entries, with their size
   */
  EhcacheStore(Path directory, long size, BiConsumer<BytesKey, Long> evicted) throws IOException {
    // An entry beyond this would drive out most of the others.
    this.largest = Math.min(WAITING / 2, size / SEGMENTS / 4);
    CacheEventListener<BytesKey, ByteBuffer> listener =
        (CacheEvent<? extends BytesKey, ? extends ByteBuffer> event) -> {
          changes.increment();
          var value = event.getOldValue();
          evicted.accept(event.getKey(), size(event.getKey(), value));
        };
    // Ehcache looks for classes with the context class loader unless it is given ours.
    var loader = EhcacheStore.class.getClassLoader();
    this.manager =
        CacheManagerBuilder.newCacheManagerBuilder()
            .with(CacheManagerBuilder.persistence(directory.toFile()))
            .using(writer)
            .withClassLoader(loader)
            .withCache(
                CACHE,
                CacheConfigurationBuilder.newCacheConfigurationBuilder(
                        BytesKey.class,
                        ByteBuffer.class,
                        ResourcePoolsBuilder.newResourcePoolsBuilder()
                            .disk(size, MemoryUnit.B, true))
                    .withClassLoader(loader)
                    .withKeySerializer(new KeySerializer())
                    .withValueSerializer(new ValueSerializer())
                    .withExpiry(ExpiryPolicyBuilder.noExpiration())
                    .withService(new OffHeapDiskStoreConfiguration(SEGMENTS))
                    .withService(
                        CacheEventListenerConfigurationBuilder.newEventListenerConfiguration(
                                listener, EventType.EVICTED)
                            .unordered()
                            .asynchronous()))
            .build(true);
    this.cache = manager.getCache(CACHE, BytesKey.class, ByteBuffer.class);
    this.data = new RandomAccessFile(dataFile(directory).toFile(), "r");
    this.length = data.length();
  }

  private static Path dataFile(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".data"))
          .findFirst()
          .orElseThrow(() -> new IOException("no data below " + directory));
    }
  }

  /**
   * The file is mapped into memory. Touching what was cut off makes the JVM throw an InternalError
   * at some later moment, perhaps in the caller's code: so look first.
   */
  private void requireWhole() throws IOException {
    long now = data.length();
    if (now < length) {
      throw new IllegalStateException("the data file was cut from " + length + " to " + now);
    }
    if (now > length) {
      length = now;
    }
  }

  static long size(BytesKey key, ByteBuffer value) {
    return key.bytes().length + (value == null ? 0 : value.remaining());
  }

  boolean takes(BytesKey key, ByteBuffer value) {
    return size(key, value) <= largest;
  }

  ByteBuffer get(BytesKey key) throws IOException {
    requireWhole();
    return cache.get(key);
  }

  /** How often entries were put, removed or evicted; another number means that something was. */
  long changes() {
    return changes.sum();
  }

  /** Stores a value; returns the one that it replaces, or null. */
  ByteBuffer put(BytesKey key, ByteBuffer value) throws IOException, InterruptedException {
    requireWhole();
    changes.increment();
    int waiting = (int) size(key, value);
    if (!room.tryAcquire(waiting, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("the disk is full");
    }
    try {
      // In this order what is replaced is read once; to read a value of a MiB takes as long as to
      // write it.
      while (true) {
        var replaced = cache.replace(key, value);
        if (replaced != null || cache.putIfAbsent(key, value) == null) {
          return replaced;
        }
      }
    } finally {
      writer.afterwards(() -> room.release(waiting));
    }
  }

  /** Removes an entry; returns its value, or null. */
  ByteBuffer remove(BytesKey key) throws IOException {
    changes.increment();
    requireWhole();
    var value = cache.get(key);
    if (value == null) {
      return null;
    }
    cache.remove(key);
    return value;
  }

  /** As {@link #remove}, not counted as a change; returns whether there was one. */
  boolean drop(BytesKey key) throws IOException {
    requireWhole();
    boolean there = cache.containsKey(key);
    cache.remove(key);
    return there;
  }

  void forEachKey(Consumer<BytesKey> user) throws IOException {
    requireWhole();
    for (var entry : cache) {
      user.accept(entry.getKey());
    }
  }

  /** Removes the entries whose key is meant. It reads all that there are. */
  void removeIf(Predicate<BytesKey> meant) throws IOException {
    changes.increment();
    requireWhole();
    for (var entry : cache) {
      if (meant.test(entry.getKey())) {
        cache.remove(entry.getKey());
      }
    }
  }

  void clear() throws IOException {
    changes.increment();
    requireWhole();
    cache.clear();
  }

  /** Writes everything and closes; afterwards the store can be sealed. */
  void close() throws IOException {
    try (data) {
      requireWhole();
    } finally {
      try {
        manager.close();
      } finally {
        writer.end();
      }
    }
  }
}
