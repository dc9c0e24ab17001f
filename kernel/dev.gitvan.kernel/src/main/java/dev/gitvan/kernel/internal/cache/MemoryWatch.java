package dev.gitvan.kernel.internal.cache;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;

/**
 * Reports when a collection leaves the heap nearly full. That is an event of the JVM, nothing is
 * polled: whether it has passed is checked before more is kept.
 *
 * <p>Watching loads the JVM's management classes, some tens of milliseconds: a process that ends
 * soon never {@link #arm arms} it. Safe for any thread.
 */
final class MemoryWatch implements AutoCloseable {
  /** Share of a pool, after a collection, from which memory counts as short. */
  static final double SHORT = 0.80;

  private final Runnable onPressure;
  private final Consumer<Supplier<String>> log;
  private final List<MemoryPoolMXBean> pools = new ArrayList<>();
  private final NotificationListener listener = this::notified;
  private volatile boolean armed;
  private volatile boolean isShort;
  private boolean closed;

  /**
   * @param onPressure called on a thread of the JVM: quick, and throws nothing
   * @param log receives the heap, the pools and the events, which are described only on demand
   */
  MemoryWatch(Runnable onPressure, Consumer<Supplier<String>> log) {
    this.onPressure = onPressure;
    this.log = log;
  }

  /** Begins to watch, the first time. */
  void arm() {
    if (!armed) {
      begin();
    }
  }

  private synchronized void begin() {
    if (armed || closed) {
      return;
    }
    armed = true;
    for (var pool : ManagementFactory.getMemoryPoolMXBeans()) {
      long max = pool.getUsage() == null ? -1 : pool.getUsage().getMax();
      // The pool of what lives long: the others are emptied by every collection.
      if (pool.getType() == MemoryType.HEAP
          && pool.isUsageThresholdSupported()
          && pool.isCollectionUsageThresholdSupported()
          && max > 0
          && pool.getCollectionUsageThreshold() == 0) {
        pool.setCollectionUsageThreshold((long) (max * SHORT));
        pools.add(pool);
      }
    }
    emitter().addNotificationListener(listener, null, null);
    tell("watching");
  }

  /** Whether memory is short, as far as the last collection could tell. */
  boolean isShort() {
    if (isShort && pools.stream().noneMatch(MemoryWatch::isFull)) {
      isShort = false;
      tell("enough again");
    }
    return isShort;
  }

  private static boolean isFull(MemoryPoolMXBean pool) {
    var usage = pool.getCollectionUsage();
    return usage != null && usage.getUsed() >= pool.getCollectionUsageThreshold();
  }

  private void notified(Notification notification, Object nothing) {
    if (MemoryNotificationInfo.MEMORY_COLLECTION_THRESHOLD_EXCEEDED.equals(notification.getType())
        && pools.stream().anyMatch(MemoryWatch::isFull)) {
      isShort = true;
      tell("short: caches in memory are cleared");
      onPressure.run();
    }
  }

  private void tell(String what) {
    log.accept(() -> description(what));
  }

  private static String description(String what) {
    var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    var text = new StringBuilder("memory ").append(what);
    text.append("; heap ").append(mebibytes(heap.getUsed(), heap.getMax()));
    for (var pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP && pool.getUsage() != null) {
        text.append("; ").append(pool.getName()).append(' ');
        text.append(mebibytes(pool.getUsage().getUsed(), pool.getUsage().getMax()));
      }
    }
    return text.toString();
  }

  private static String mebibytes(long used, long max) {
    return String.format(Locale.ROOT, "%.1f of %.1f MiB", used / 1048576.0, max / 1048576.0);
  }

  private static NotificationEmitter emitter() {
    return (NotificationEmitter) ManagementFactory.getMemoryMXBean();
  }

  /** Ends; nothing of this stays in the JVM. */
  @Override
  public synchronized void close() {
    closed = true;
    if (armed) {
      try {
        emitter().removeNotificationListener(listener);
      } catch (ListenerNotFoundException e) {
        // It is not there: that is what was wanted.
      }
      pools.forEach(pool -> pool.setCollectionUsageThreshold(0));
    }
  }
}
