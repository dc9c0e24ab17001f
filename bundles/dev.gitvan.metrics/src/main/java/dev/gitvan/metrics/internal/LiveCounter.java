package dev.gitvan.metrics.internal;

import dev.gitvan.metrics.Counter;
import java.util.concurrent.atomic.LongAdder;

/** Counts one kind of event in this process, without a lock. */
final class LiveCounter implements Counter {
  private final MutedThreads muted;
  private final LongAdder count = new LongAdder();

  LiveCounter(MutedThreads muted) {
    this.muted = muted;
  }

  @Override
  public void add(long amount) {
    if (amount > 0 && !muted.hasCurrent()) {
      count.add(amount);
    }
  }

  long count() {
    return count.sum();
  }
}
