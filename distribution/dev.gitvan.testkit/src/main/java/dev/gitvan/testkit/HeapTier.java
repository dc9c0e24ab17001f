package dev.gitvan.testkit;

import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.cache.spi.CorruptEntryException;
import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An unbounded cache tier in memory for tests. It can have any level, keeps the entries of closed
 * regions, has its own clock, and fails on request.
 */
public final class HeapTier implements CacheTier {
  private final Map<RegionSpec, Store> stores = new ConcurrentHashMap<>();
  private final AtomicLong nanos = new AtomicLong();
  private volatile boolean failing;

  /** Entries that a region has again when it is reopened. */
  private static final class Store {
    final Map<Object, Entry> entries = new ConcurrentHashMap<>();
    final Set<Object> corrupt = ConcurrentHashMap.newKeySet();
  }

  private record Entry(Object value, long putAt) {}

  /** Advances the clock. */
  public void elapse(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** Makes all calls fail from now on, or succeed again. */
  public void fail(boolean now) {
    failing = now;
  }

  /** Damages an entry, so that its next read fails the check. */
  public void corrupt(RegionSpec spec, Object key) {
    stores.get(identity(spec)).corrupt.add(key);
  }

  /** The number of regions opened so far. */
  public int regions() {
    return stores.size();
  }

  @Override
  public Region open(RegionSpec spec) throws IOException {
    check();
    return new HeapRegion(stores.computeIfAbsent(identity(spec), s -> new Store()), spec.ttl());
  }

  private static RegionSpec identity(RegionSpec spec) {
    return RegionSpec.builder(spec.cache(), 0)
        .schema(spec.schema())
        .repository(spec.repository())
        .build();
  }

  private void check() throws IOException {
    if (failing) {
      throw new IOException("failing on request");
    }
  }

  private final class HeapRegion implements Region {
    private final Store store;
    private volatile Duration ttl;
    private volatile boolean closed;

    HeapRegion(Store store, Duration ttl) {
      this.store = store;
      this.ttl = ttl;
    }

    @Override
    public Object get(Object key) throws IOException {
      use();
      var entry = store.entries.get(key);
      if (entry == null) {
        return null;
      }
      if (store.corrupt.remove(key)) {
        store.entries.remove(key, entry);
        throw new CorruptEntryException("damaged: " + key);
      }
      if (!ttl.isZero() && nanos.get() - entry.putAt() >= ttl.toNanos()) {
        store.entries.remove(key, entry);
        return null;
      }
      return entry.value();
    }

    @Override
    public void resize(RegionSpec spec) {
      ttl = spec.ttl();
    }

    @Override
    public void put(Object key, Object value) throws IOException {
      use();
      store.corrupt.remove(key);
      store.entries.put(key, new Entry(value, nanos.get()));
    }

    @Override
    public void remove(Object key) throws IOException {
      use();
      store.entries.remove(key);
    }

    @Override
    public void clear() throws IOException {
      use();
      store.entries.clear();
    }

    @Override
    public long entries() {
      return store.entries.size();
    }

    @Override
    public long bytes() {
      return -1;
    }

    @Override
    public long evictions() {
      return 0;
    }

    @Override
    public void close() {
      closed = true;
    }

    private void use() throws IOException {
      check();
      if (closed) {
        throw new IOException("the region is closed");
      }
    }
  }
}
