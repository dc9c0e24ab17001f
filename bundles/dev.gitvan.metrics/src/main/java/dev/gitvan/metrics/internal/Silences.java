package dev.gitvan.metrics.internal;

import dev.gitvan.metrics.Metrics.Silence;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The threads whose measurements are not recorded.
 *
 * <p>A map and no thread local: nothing stays with a pooled thread when this bundle is gone, and as
 * long as nobody is silent the hot path pays for one read.
 */
final class Silences {
  private final Map<Thread, Integer> depths = new ConcurrentHashMap<>();
  private volatile boolean any;

  /** Whether the calling thread is silent. */
  boolean here() {
    return any && depths.containsKey(Thread.currentThread());
  }

  /** Silences the calling thread until the result is closed; closing it again does nothing. */
  Silence open() {
    var thread = Thread.currentThread();
    change(thread, 1);
    var closed = new AtomicBoolean();
    return () -> {
      if (closed.compareAndSet(false, true)) {
        change(thread, -1);
      }
    };
  }

  private synchronized void change(Thread thread, int by) {
    depths.merge(thread, by, (depth, step) -> depth + step == 0 ? null : depth + step);
    any = !depths.isEmpty();
  }
}
