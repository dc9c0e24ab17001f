package dev.gitvan.cache.ehcache.internal;

import dev.gitvan.cache.spi.KeptCache;
import java.util.concurrent.atomic.LongAdder;

/** What one region holds. */
final class Figures {
  final String cache;
  final LongAdder entries = new LongAdder();
  final LongAdder bytes = new LongAdder();
  final LongAdder evictions = new LongAdder();

  /**
   * @param cache the name of the region's cache
   */
  Figures(String cache) {
    this.cache = cache;
  }

  void added(long size) {
    entries.increment();
    bytes.add(size);
  }

  void removed(long size) {
    entries.decrement();
    bytes.add(-size);
  }

  void evicted(long size) {
    removed(size);
    evictions.increment();
  }

  KeptCache kept() {
    return new KeptCache(cache, Math.max(0, entries.sum()), Math.max(0, bytes.sum()), 0);
  }

  /** Back to nothing; evictions stay, they have happened. */
  void emptied() {
    entries.reset();
    bytes.reset();
  }
}
