package dev.gitvan.cache.ehcache.internal;

import dev.gitvan.cache.spi.BytesKey;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was written before the store opened: values up to a bound, and which keys must not show what
 * the store had for them. Safe for any thread.
 */
final class Waiting {
  private static final long MAX_BYTES = 4 << 20;
  private static final int MAX_KEYS = 16_384;

  private final Map<BytesKey, Optional<ByteBuffer>> entries = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean overflown;

  /** The value of a key; empty: removed; null: nothing is known. */
  Optional<ByteBuffer> get(BytesKey key) {
    return entries.get(key);
  }

  /** Whether the store's old content cannot be trusted to be current any more. */
  boolean overflown() {
    return overflown;
  }

  Map<BytesKey, Optional<ByteBuffer>> entries() {
    return entries;
  }

  /** Keeps a value while there is room; without, only that the key changed. */
  void put(BytesKey key, ByteBuffer value) {
    long size = EhcacheStore.size(key, value);
    keep(key, bytes.get() + size <= MAX_BYTES ? Optional.of(value) : Optional.empty());
  }

  void remove(BytesKey key) {
    keep(key, Optional.empty());
  }

  /** Everything that the store has is to go. */
  void clear() {
    overflown = true;
    entries.clear();
    bytes.set(0);
  }

  private void keep(BytesKey key, Optional<ByteBuffer> value) {
    if (overflown && value.isEmpty()) {
      forget(key, entries.remove(key));
      return;
    }
    if (entries.size() >= MAX_KEYS && !entries.containsKey(key)) {
      overflown = true;
      return;
    }
    long added = value.map(kept -> EhcacheStore.size(key, kept)).orElse(0L);
    bytes.addAndGet(added);
    forget(key, entries.put(key, value));
  }

  private void forget(BytesKey key, Optional<ByteBuffer> old) {
    if (old != null && old.isPresent()) {
      bytes.addAndGet(-EhcacheStore.size(key, old.get()));
    }
  }
}
