package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.Cache;
import dev.gitvan.cache.CacheCheck;
import dev.gitvan.cache.CacheRegistry;
import dev.gitvan.cache.CacheSpec;
import dev.gitvan.cache.CacheStats;
import dev.gitvan.cache.Codec;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.config.Configurations;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.kernel.internal.Contribution;
import dev.gitvan.kernel.internal.Contributions;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.WorkerPool;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.repository.RepositoryId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The cache registry, without the framework around it. */
public final class Caches implements CacheRegistry, AutoCloseable {
  private record Id(String name, RepositoryId repository) {}

  private record Opening(String cache, Contribution<CacheTier, TierLevel> tier) {}

  private final Contributions<CacheTier, TierLevel> tiers;
  private final Map<Id, LayeredCache<?, ?>> caches = new ConcurrentHashMap<>();
  private final Map<Opening, String> unopened = new ConcurrentHashMap<>();
  private final Map<Contribution<CacheTier, TierLevel>, TierCalls> calls =
      new ConcurrentHashMap<>();
  private final WorkerPool writer = new WorkerPool("gitvan-cache-writer", 1);
  private final Shared shared;
  private final Duration stop;
  private final CounterFile counters;
  private final MemoryWatch memory;
  private final KeptCaches kept;

  /**
   * @param configurations supplies null while there are none
   * @param room values that may wait to be written to lower tiers, in all caches together
   * @param stop how long closing may take, to write them
   */
  public Caches(
      Kernel kernel,
      Supplier<Metrics> metrics,
      Supplier<Configurations> configurations,
      int room,
      Duration stop) {
    this(kernel, metrics, configurations, room, stop, null, line -> {});
  }

  /**
   * @param counters where they are kept for later processes; null: nowhere
   * @param memoryLog receives the state of memory, which is described only on demand
   */
  Caches(
      Kernel kernel,
      Supplier<Metrics> metrics,
      Supplier<Configurations> configurations,
      int room,
      Duration stop,
      CounterFile counters,
      Consumer<Supplier<String>> memoryLog) {
    this.tiers =
        new Contributions<>(
            kernel,
            "cache",
            TierLevel::read,
            TierLevel::tier,
            level -> "L" + level.level(),
            this::changed);
    Function<Contribution<CacheTier, TierLevel>, TierCalls> callsOf =
        tier ->
            calls.computeIfAbsent(
                tier, called -> new TierCalls(called, kernel.activities()::carry));
    this.kept = new KeptCaches(tiers::active, callsOf);
    this.stop = stop;
    this.counters = counters;
    this.memory = new MemoryWatch(this::clearMemory, memoryLog);
    this.shared =
        new Shared(
            tiers::active,
            this::opened,
            callsOf,
            metrics,
            new ConfiguredSettings(configurations),
            memory,
            new ConcurrentHashMap<>(),
            writer,
            new AtomicInteger(room));
  }

  /** Writes first what waits for a tier that this one may replace. */
  public void add(Offer<CacheTier> offer) {
    drain();
    tiers.add(offer);
  }

  /** Writes what waits for a tier that goes, as far as there is time for it, and forgets it. */
  public void remove(Object key) {
    drain();
    tiers.remove(key);
  }

  /** Tiers that were rejected, and caches that a tier cannot hold. */
  public List<Rejection> rejections() {
    var all = new ArrayList<>(tiers.rejections());
    unopened.forEach(
        (opening, why) ->
            all.add(
                new Rejection(
                    "cache",
                    opening.tier().name(),
                    opening.tier().plugin().bundle(),
                    "OPEN_FAILED",
                    "cannot hold the cache " + opening.cache() + ": " + why)));
    return all;
  }

  @Override
  public <K, V> Cache<K, V> cache(CacheSpec<K, V> spec) {
    var id = new Id(spec.name(), spec.repository());
    var created = new LayeredCache<>(spec, shared);
    var present = caches.putIfAbsent(id, created);
    if (present == null) {
      created.tiers().refresh();
      return created;
    }
    @SuppressWarnings("unchecked") // The name says the types; the codecs are compared below.
    var cache = (LayeredCache<K, V>) present;
    check(cache, spec);
    return cache;
  }

  private static <K, V> void check(LayeredCache<K, V> cache, CacheSpec<K, V> spec) {
    var has = cache.tiers().spec();
    if (has.schema() != spec.schema()) {
      throw new IllegalArgumentException(
          spec.name() + " has schema " + has.schema() + ", not " + spec.schema());
    }
    if (!same(has.keys(), spec.keys()) || !same(has.values(), spec.values())) {
      throw new IllegalArgumentException(spec.name() + " has other codecs");
    }
    if (replaced(has.keys(), spec.keys()) || replaced(has.values(), spec.values())) {
      // Another version of the bundle: its values are of other classes than those in memory.
      cache.tiers().adopt(spec);
      cache.forgetMemory();
    }
    if (!hasBounds(has, spec)) {
      cache.tiers().adopt(spec);
      cache.tiers().resize();
      cache.tiers().refresh();
    }
  }

  private static boolean hasBounds(CacheSpec<?, ?> has, CacheSpec<?, ?> wanted) {
    return Objects.equals(has.ttl(), wanted.ttl())
        && has.maxEntries() == wanted.maxEntries()
        && has.maxWeight() == wanted.maxWeight();
  }

  private static boolean same(Codec<?> one, Codec<?> other) {
    return one == null || other == null
        ? one == other
        : one.getClass().getName().equals(other.getClass().getName());
  }

  private static boolean replaced(Codec<?> one, Codec<?> other) {
    return one != null && one.getClass() != other.getClass();
  }

  @Override
  public List<CacheStats> stats() {
    return StatsSums.of(caches.values().stream().flatMap(c -> c.stats().stream()).toList());
  }

  @Override
  public List<CacheStats> history(RepositoryId repository) {
    var live = stats();
    var counted = new ArrayList<>(counters == null ? List.<CacheStats>of() : counters.read());
    live.forEach(stats -> counted.add(StatsSums.holding(stats, -1, -1)));
    return kept.complete(live, StatsSums.of(counted), repository);
  }

  @Override
  public void clear(String name) {
    caches.forEach(
        (id, cache) -> {
          if (name == null || name.equals(id.name())) {
            cache.clear();
          }
        });
  }

  @Override
  public void clear(String name, RepositoryId repository) {
    clear(name);
    kept.clear(name, repository)
        .ifPresent(
            problem -> {
              throw problem.toException();
            });
  }

  /** Memory is short: everything that is only there to be fast goes. */
  private void clearMemory() {
    caches.values().forEach(LayeredCache::forgetMemory);
  }

  MemoryWatch memory() {
    return memory;
  }

  @Override
  public List<CacheCheck> verify(RepositoryId repository) {
    drain();
    return kept.verify(repository);
  }

  /**
   * Writes what waits, as far as there is time for it, leaves its counters for the next process,
   * and closes every region.
   */
  @Override
  public void close() {
    memory.close();
    drain();
    writer.close(stop);
    if (counters != null) {
      counters.add(stats());
    }
    caches.values().forEach(cache -> cache.tiers().close());
    caches.clear();
  }

  /** Waits until what waits now is written, at most as long as closing may take. */
  void drain() {
    var written = new CountDownLatch(1);
    // What replaced a value that is being written is queued behind all that waits: two rounds.
    if (!caches.isEmpty() && writer.execute(() -> writer.execute(written::countDown))) {
      try {
        written.await(stop.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void changed() {
    unopened.keySet().removeIf(opening -> !tiers.isActive(opening.tier()));
    calls.keySet().removeIf(tier -> !tiers.isActive(tier));
    caches.values().forEach(cache -> cache.tiers().refresh());
  }

  private void opened(String cache, Contribution<CacheTier, TierLevel> tier, String why) {
    var opening = new Opening(cache, tier);
    if (why == null) {
      unopened.remove(opening);
    } else if (tiers.isActive(tier)) {
      unopened.put(opening, why);
    }
  }
}
