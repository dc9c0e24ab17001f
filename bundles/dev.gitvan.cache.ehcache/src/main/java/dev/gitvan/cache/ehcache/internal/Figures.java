package dev.gitvan.cache.ehcache.internal;

import java.util.concurrent.atomic.LongAdder;

/** What one region holds. */
final class Figures {
  final LongAdder entries = new LongAdder();
  final LongAdder bytes = new LongAdder();
  final LongAdder evictions = new LongAdder();

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

  /** Back to nothing; evictions stay, they have happened. */
  void emptied() {
    entries.reset();
    bytes.reset();
  }
}
