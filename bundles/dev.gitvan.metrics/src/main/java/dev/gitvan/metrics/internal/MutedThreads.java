package dev.gitvan.metrics.internal;

import dev.gitvan.metrics.Metrics.Muting;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The threads that record nothing.
 *
 * <p>A map and not a thread local: nothing stays with a pooled thread when this bundle is gone, and
 * as long as no thread is muted the hot path costs one volatile read.
 */
final class MutedThreads {
  private final Map<Thread, Integer> depths = new ConcurrentHashMap<>();
  private volatile boolean any;

  /** Whether the calling thread is muted. */
  boolean hasCurrent() {
    return any && depths.containsKey(Thread.currentThread());
  }

  /** Mutes the calling thread until the result is closed; closing it again does nothing. */
  Muting add() {
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
