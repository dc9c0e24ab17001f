package dev.gitvan.kernel.internal.cache;

import java.util.concurrent.atomic.LongAdder;

/** What one tier did for one cache; kept when the tier goes, and gone on with when it returns. */
final class Counters {
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder corrupt = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final LongAdder timed = new LongAdder();

  void took(long duration) {
    nanos.add(duration);
    timed.increment();
  }

  double meanSeconds() {
    long count = timed.sum();
    return count == 0 ? 0 : nanos.sum() / 1e9 / count;
  }
}
