package dev.gitvan.cache.ehcache.internal;

import dev.gitvan.cache.spi.BytesKey;
import dev.gitvan.cache.spi.KeptCache;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** An open store with its regions' figures, which leaves room on the file system. */
final class CountedStore {
  private static final long CHECK_SPACE_EVERY = 4 << 20;

  private final EhcacheStore store;
  private final Regions regions;
  private final StoreSettings settings;
  private volatile boolean full;
  private volatile long written;

  CountedStore(EhcacheStore store, Regions regions, StoreSettings settings) {
    this.store = store;
    this.regions = regions;
    this.settings = settings;
  }

  ByteBuffer get(BytesKey key) throws IOException {
    return store.get(key);
  }

  /** Stores a value; one that is too large only removes what it replaces. */
  void put(BytesKey key, ByteBuffer value) throws IOException, InterruptedException {
    if (!store.takes(key, value)) {
      remove(key);
      return;
    }
    long size = EhcacheStore.size(key, value);
    requireSpace(size);
    removed(key, store.put(key, value));
    regions.added(key, size);
  }

  void remove(BytesKey key) throws IOException {
    removed(key, store.remove(key));
  }

  private void removed(BytesKey key, ByteBuffer value) {
    if (value != null) {
      regions.removed(key, EhcacheStore.size(key, value));
    }
  }

  /** Empties one region. */
  void clear(RegionId region) throws IOException {
    if (regions.isAlone(region)) {
      store.clear();
    } else {
      store.removeIf(key -> region.equals(RegionId.of(key)));
    }
    regions.all().get(region).emptied();
  }

  /** Empties all regions of a cache; null: all regions. */
  void clear(String cache) throws IOException {
    if (cache == null) {
      clear();
      return;
    }
    for (var region : regions.all().entrySet()) {
      if (region.getValue().cache.equals(cache)) {
        clear(region.getKey());
      }
    }
  }

  void clear() throws IOException {
    store.clear();
    regions.emptied();
  }

  /** Reads every entry, and drops those that are wrong. */
  List<KeptCache> verify() throws IOException {
    return new StoreCheck(store, regions, settings.millis().getAsLong()).run();
  }

  private void requireSpace(long bytes) throws IOException {
    written += bytes;
    if (written >= CHECK_SPACE_EVERY || full) {
      written = 0;
      full = settings.usable().getAsLong() < StoreSettings.RESERVE;
    }
    if (full) {
      throw new IOException("less than " + (StoreSettings.RESERVE >> 20) + " MiB free");
    }
  }

  void close() throws IOException {
    store.close();
  }
}
