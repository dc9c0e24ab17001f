package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.Cache;
import dev.gitvan.cache.CacheSpec;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.testkit.HeapTier;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A process with a small heap, and a cache in it that knows no bounds: fills it until memory is
 * short, twice. Prints {@code emptied} and {@code recovered} for each time.
 */
final class SmallHeap {
  private static final int VALUE = 1 << 18;

  private final Caches caches =
      new Caches(
          new Kernel(),
          () -> Metrics.NONE,
          () -> null,
          10,
          Duration.ofSeconds(5),
          null,
          line -> System.out.println(line.get()));
  private final Cache<Integer, byte[]> cache;
  private int next;

  private SmallHeap() {
    caches.add(TierOffers.of(new HeapTier(), "heap", 1).offer());
    cache = caches.cache(CacheSpec.inMemory("values", Duration.ofHours(1), 1_000_000));
  }

  public static void main(String[] arguments) {
    var small = new SmallHeap();
    small.caches.memory().arm();
    for (int round = 0; round < 2; round++) {
      small.round();
    }
    small.caches.close();
    System.out.println("closed");
  }

  private void round() {
    // Held on to until a collection finds them, and no further: the heap is small.
    await(
        () -> {
          long before = entries();
          for (int i = 0; i < 4; i++) {
            cache.put(next++, new byte[VALUE]);
          }
          System.gc();
          return entries() < before;
        });
    System.out.println("emptied");
    await(
        () -> {
          System.gc();
          long before = entries();
          cache.put(next++, new byte[VALUE]);
          return entries() == before + 1;
        });
    System.out.println("recovered");
  }

  private long entries() {
    return caches.stats().stream()
        .filter(stats -> stats.level() == 1)
        .mapToLong(stats -> stats.entries())
        .sum();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within a minute");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
