package dev.gitvan.cache.ehcache.internal;

import dev.gitvan.cache.spi.BytesKey;
import dev.gitvan.cache.spi.CorruptEntryException;
import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import java.io.IOException;
import java.util.function.LongSupplier;

/** One cache's part of the store. */
final class DiskRegion implements Region {
  private final DiskStore store;
  private final RegionId id;
  private volatile long ttlMillis;
  private final LongSupplier millis;
  private final Figures figures;

  /**
   * @param cache the name of its cache
   * @param ttlMillis 0: unlimited
   */
  DiskRegion(DiskStore store, RegionId id, String cache, long ttlMillis, LongSupplier millis) {
    this.store = store;
    this.id = id;
    this.ttlMillis = ttlMillis;
    this.millis = millis;
    this.figures = store.regions().of(id, cache);
  }

  @Override
  public Object get(Object key) throws IOException {
    var stored = id.key((BytesKey) key);
    var envelope = store.get(stored);
    if (envelope == null) {
      return null;
    }
    try {
      var value = Envelope.open(stored, envelope, millis.getAsLong());
      if (value == null) {
        store.remove(stored);
      }
      return value;
    } catch (CorruptEntryException e) {
      store.remove(stored);
      throw e;
    }
  }

  @Override
  public void put(Object key, Object value) throws IOException {
    var stored = id.key((BytesKey) key);
    long dies = ttlMillis == 0 ? Envelope.FOREVER : millis.getAsLong() + ttlMillis;
    store.put(stored, Envelope.seal(stored, (byte[]) value, dies));
  }

  @Override
  public void resize(RegionSpec spec) {
    ttlMillis = spec.ttl().toMillis();
  }

  @Override
  public void remove(Object key) throws IOException {
    store.remove(id.key((BytesKey) key));
  }

  @Override
  public void clear() throws IOException {
    store.clear(id);
  }

  /** -1 while the store is asleep: it would have to be opened to be counted. */
  @Override
  public long entries() {
    return store.isOpen() ? Math.max(0, figures.entries.sum()) : -1;
  }

  @Override
  public long bytes() {
    return store.isOpen() ? Math.max(0, figures.bytes.sum()) : -1;
  }

  @Override
  public long evictions() {
    return figures.evictions.sum();
  }

  @Override
  public void close() {
    // The store belongs to the tier, and is written when that closes.
  }
}
