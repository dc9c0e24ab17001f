package dev.gitvan.cache.heap.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.gitvan.cache.spi.RegionSpec;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToIntFunction;

/**
 * What a region holds between two times of being emptied.
 *
 * <p>Caffeine bounds either the entries or their weight. With a weigher every entry therefore
 * weighs at least its share of the room, {@code maxWeight / maxEntries}: neither bound is ever
 * exceeded.
 */
final class Generation {
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  final Cache<Object, Object> entries;
  final Policy<Object, Object> quiet;
  private final ToIntFunction<Object> weigher;
  private volatile long share;
  private final LongAdder bytes = new LongAdder();

  Generation(RegionSpec spec, Ticker ticker, LongAdder evictions) {
    weigher = spec.weigher() != null && spec.maxWeight() > 0 ? spec.weigher() : null;
    // On the caller's thread: the common pool's threads outlive this bundle and would pin its
    // class loader.
    var builder = Caffeine.newBuilder().executor(Runnable::run).ticker(ticker);
    if (!spec.ttl().isZero()) {
      builder.expireAfterWrite(spec.ttl());
    }
    if (weigher == null) {
      entries =
          builder
              .maximumSize(Math.max(0, spec.maxEntries()))
              .evictionListener((key, value, cause) -> countEviction(cause, evictions))
              .build();
    } else {
      share = share(spec);
      entries =
          builder
              .maximumWeight(spec.maxWeight())
              .weigher(
                  (key, value) -> (int) Math.min(Integer.MAX_VALUE, Math.max(share, weight(value))))
              .evictionListener((key, value, cause) -> countEviction(cause, evictions))
              .removalListener((key, value, cause) -> bytes.add(-weight(value)))
              .build();
    }
    quiet = entries.policy();
  }

  /** Applies other bounds. What was made without a time goes on without one. */
  void resize(RegionSpec spec) {
    share = share(spec);
    quiet
        .eviction()
        .ifPresent(
            bound -> bound.setMaximum(weigher == null ? spec.maxEntries() : spec.maxWeight()));
    quiet.expireAfterWrite().ifPresent(time -> time.setExpiresAfter(time(spec)));
    entries.cleanUp();
  }

  void put(Object key, Object value) {
    if (weigher == null) {
      entries.put(key, value);
      return;
    }
    // First, so that the removal of the same entry cannot be subtracted before it was added.
    int weight = weight(value);
    bytes.add(weight);
    if (entries.asMap().put(key, value) == value) {
      // Caffeine reports no removal when a value replaces itself.
      bytes.add(-weight);
    }
  }

  long count() {
    entries.cleanUp();
    return entries.estimatedSize();
  }

  /** -1 without a weigher: then nobody knows. */
  long bytes() {
    if (weigher == null) {
      return -1;
    }
    entries.cleanUp();
    return Math.max(0, bytes.sum());
  }

  private int weight(Object value) {
    return Math.max(0, weigher.applyAsInt(value));
  }

  /** An entry that has outlived its time was not dropped for want of room. */
  private static void countEviction(RemovalCause cause, LongAdder evictions) {
    if (cause == RemovalCause.SIZE) {
      evictions.increment();
    }
  }

  private static long share(RegionSpec spec) {
    return spec.maxEntries() > 0 ? ceilDiv(spec.maxWeight(), spec.maxEntries()) : 1;
  }

  private static Duration time(RegionSpec spec) {
    return spec.ttl().isZero() ? FOR_EVER : spec.ttl();
  }

  private static long ceilDiv(long amount, long by) {
    return amount / by + (amount % by == 0 ? 0 : 1);
  }
}
