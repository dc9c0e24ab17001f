package dev.gitvan.cache.ehcache.internal;

import dev.gitvan.cache.spi.BytesKey;
import dev.gitvan.cache.spi.CorruptEntryException;
import dev.gitvan.cache.spi.KeptCache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads every entry of an open store, and removes those that are wrong or dead. */
final class StoreCheck {
  /** The cache of entries whose key is damaged, so that nobody knows whose they are. */
  static final String UNKNOWN = "unknown";

  private final EhcacheStore store;
  private final Regions regions;
  private final long now;
  private final Map<String, KeptCache> found = new TreeMap<>();
  private int unreachable;

  StoreCheck(EhcacheStore store, Regions regions, long now) {
    this.store = store;
    this.regions = regions;
    this.now = now;
  }

  /** What is left of each cache, and how much was removed. */
  List<KeptCache> run() throws IOException {
    long changes = store.changes();
    // Keys first: entries cannot be removed while Ehcache walks through them.
    var keys = new ArrayList<BytesKey>();
    store.forEachKey(keys::add);
    for (var key : keys) {
      var figures = regions.of(key);
      if (figures == null) {
        unreachable++;
      } else {
        check(key, figures.cache);
      }
    }
    // A key that was listed and leads to nothing is damaged, unless somebody removed its entry.
    if (unreachable > 0 && store.changes() == changes) {
      add(new KeptCache(UNKNOWN, 0, 0, unreachable));
      // It cannot be removed either: only all can.
      store.clear();
      regions.emptied();
      found.replaceAll((cache, kept) -> new KeptCache(cache, 0, 0, kept.corrupt()));
    }
    return List.copyOf(found.values());
  }

  private void check(BytesKey key, String cache) throws IOException {
    var envelope = store.get(key);
    if (envelope == null) {
      unreachable++;
      return;
    }
    long size = EhcacheStore.size(key, envelope);
    try {
      if (Envelope.open(key, envelope, now) != null) {
        add(new KeptCache(cache, 1, size, 0));
      } else {
        remove(key, size);
      }
    } catch (CorruptEntryException e) {
      remove(key, size);
      add(new KeptCache(cache, 0, 0, 1));
    }
  }

  private void add(KeptCache kept) {
    found.merge(kept.cache(), kept, Regions::sum);
  }

  /** Not counted as a change: it is our own. */
  private void remove(BytesKey key, long size) throws IOException {
    if (store.drop(key)) {
      regions.removed(key, size);
    }
  }
}
