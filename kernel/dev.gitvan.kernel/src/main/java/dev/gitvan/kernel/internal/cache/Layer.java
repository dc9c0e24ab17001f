package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.CacheStats;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.cache.spi.CorruptEntryException;
import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import dev.gitvan.kernel.internal.Contribution;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** One tier's region of one cache. Every failure of the tier ends here, as a miss. */
final class Layer {
  /** One hit of so many is timed: two clock readings cost more than the hit. */
  private static final int SAMPLE = 256;

  private final String cache;
  private final Contribution<CacheTier, TierLevel> tier;
  private final Region region;
  private final Counters counters;
  private final Supplier<Metrics> metrics;
  private final Operation get;

  /**
   * @param tier whose service object is held until {@link #close}
   */
  Layer(
      String cache,
      Contribution<CacheTier, TierLevel> tier,
      Region region,
      Counters counters,
      Supplier<Metrics> metrics) {
    this.cache = cache;
    this.tier = tier;
    this.region = region;
    this.counters = counters;
    this.metrics = metrics;
    this.get = Operation.cacheGet(cache, tier.description().tier());
  }

  Contribution<CacheTier, TierLevel> tier() {
    return tier;
  }

  int level() {
    return tier.description().level();
  }

  /** A value held in memory; null when there is none. No lock, and nothing allocated, on a hit. */
  Held<?> held(Object key) {
    if ((ThreadLocalRandom.current().nextInt() & SAMPLE - 1) == 0) {
      return sampled(key);
    }
    var found = quietly(key);
    if (found == null) {
      counters.misses.increment();
    } else {
      counters.hits.increment();
    }
    return found;
  }

  private Held<?> sampled(Object key) {
    long start = System.nanoTime();
    var found = quietly(key);
    took(System.nanoTime() - start, found != null);
    return found;
  }

  /** As {@link #held}, without being counted. */
  Held<?> quietly(Object key) {
    try {
      return region.get(key) instanceof Held<?> found && !found.stale ? found : null;
    } catch (CorruptEntryException e) {
      counters.corrupt.increment();
      return null;
    } catch (Exception | LinkageError e) {
      return null;
    }
  }

  /** Reads bytes, and makes a value of them. */
  interface Decoder<V> {
    V decode(byte[] bytes);
  }

  /** The value below memory; null when there is none, or none that can be read. */
  <V> V read(Object key, Decoder<V> decoder) {
    long start = System.nanoTime();
    V value = null;
    try {
      if (region.get(key) instanceof byte[] bytes) {
        value = decode(key, bytes, decoder);
      }
    } catch (CorruptEntryException e) {
      counters.corrupt.increment();
    } catch (Exception | LinkageError e) {
      // A tier that fails has nothing.
    }
    took(System.nanoTime() - start, value != null);
    return value;
  }

  private <V> V decode(Object key, byte[] bytes, Decoder<V> decoder) {
    try {
      return decoder.decode(bytes);
    } catch (RuntimeException e) {
      counters.corrupt.increment();
      remove(key);
      return null;
    }
  }

  private void took(long nanos, boolean hit) {
    (hit ? counters.hits : counters.misses).increment();
    counters.took(nanos);
    metrics.get().record(get, nanos);
  }

  /** Stores a value; if that fails, sees to it that no older one stays. */
  void write(Object key, Object value) {
    try {
      region.put(key, value);
    } catch (Exception | LinkageError e) {
      remove(key);
    }
  }

  void remove(Object key) {
    try {
      region.remove(key);
    } catch (Exception | LinkageError e) {
      // Nothing more can be done: the tier fails, and reads of it fail too.
    }
  }

  void clear() {
    try {
      region.clear();
    } catch (Exception | LinkageError e) {
      // As above.
    }
  }

  void resize(RegionSpec spec) {
    try {
      region.resize(spec);
    } catch (RuntimeException | LinkageError e) {
      // It goes on as it is.
    }
  }

  void close() {
    try {
      region.close();
    } catch (Exception | LinkageError e) {
      // The tier is gone already.
    } finally {
      tier.plugin().release();
    }
  }

  CacheStats stats() {
    return CacheStats.builder(cache, tier.description().tier(), level())
        .entries(figure(Region::entries, -1))
        .bytes(figure(Region::bytes, -1))
        .hits(counters.hits.sum())
        .misses(counters.misses.sum())
        .meanLoadSeconds(counters.meanSeconds())
        .evictions(figure(Region::evictions, 0))
        .corrupt(counters.corrupt.sum())
        .build();
  }

  private interface Figure {
    long of(Region region);
  }

  private long figure(Figure figure, long unknown) {
    try {
      return figure.of(region);
    } catch (RuntimeException | LinkageError e) {
      return unknown;
    }
  }
}
