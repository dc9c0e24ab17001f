package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.Cache;
import dev.gitvan.cache.CacheSpec;
import dev.gitvan.cache.CacheStats;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * One cache over the tiers that are there. A hit in memory takes no lock and allocates nothing. Who
 * misses leads a load, and everybody else who wants the key meanwhile waits for that one.
 *
 * <p>A change (an invalidation, a put, a clear) must not be undone by a load that saw what was
 * before. So all loads that overlap a change are stale, see {@link Held}: those that it finds going
 * on, and those that begin while it lasts, since they may find in one tier what the change has not
 * reached yet. Neither are kept, and nobody who asks after the change waits for one.
 */
final class LayeredCache<K, V> implements Cache<K, V> {
  private final String name;
  private final Supplier<Metrics> metrics;
  private final Map<Thread, Load<?>> waiting;
  private final Map<K, Load<V>> loads = new ConcurrentHashMap<>();

  /** The keys being changed at this moment, and by how many. */
  private final Map<K, Integer> changing = new ConcurrentHashMap<>();

  /** Changes of all keys at this moment. */
  private final AtomicInteger changingAll = new AtomicInteger();

  private final Counters loader = new Counters();
  private final Operation loading;
  private final Tiers<K, V> tiers;

  LayeredCache(CacheSpec<K, V> spec, Shared shared) {
    this.name = spec.name();
    this.metrics = shared.metrics();
    this.waiting = shared.waiting();
    this.loading = Operation.cacheGet(name, "loader");
    this.tiers = new Tiers<>(spec, shared);
  }

  Tiers<K, V> tiers() {
    return tiers;
  }

  @Override
  public V get(K key, Loader<K, V> onMiss) throws Exception {
    var held = tiers.inMemory(key);
    if (held != null) {
      return held.value;
    }
    Objects.requireNonNull(onMiss, "onMiss");
    while (true) {
      var mine = new Load<V>();
      var running = begin(key, mine);
      if (running == null) {
        return lead(key, mine, onMiss);
      }
      if (running.await(waiting, name)) {
        return running.held.value;
      }
    }
  }

  /** Makes a load that of its key; the one that is already, else null. */
  private Load<V> begin(K key, Load<V> mine) {
    var running = loads.putIfAbsent(key, mine);
    // In this order: a change that comes after finds the load.
    if (running == null && (changing.containsKey(key) || changingAll.get() > 0)) {
      mine.held.stale = true;
    }
    return running;
  }

  private V lead(K key, Load<V> mine, Loader<K, V> onMiss) throws Exception {
    try {
      if (tiers.recall(key, mine.held) == 0) {
        mine.held.value = load(key, onMiss);
        tiers.keep(key, mine.held);
      }
    } catch (Throwable failure) {
      loads.remove(key, mine);
      mine.fail(failure);
      throw failure;
    }
    loads.remove(key, mine);
    mine.succeed();
    return mine.held.value;
  }

  private V load(K key, Loader<K, V> onMiss) throws Exception {
    long start = System.nanoTime();
    V value = null;
    try {
      value = onMiss.load(key);
    } finally {
      long nanos = System.nanoTime() - start;
      (value == null ? loader.misses : loader.hits).increment();
      loader.took(nanos);
      metrics.get().record(loading, nanos);
    }
    if (value == null) {
      throw new NullPointerException("cache " + name + ": the loader returned null");
    }
    return value;
  }

  @Override
  public Optional<V> peek(K key) {
    var held = tiers.inMemory(key);
    return held != null ? Optional.of(held.value) : seek(key).map(Hit::value);
  }

  @Override
  public Optional<Hit<V>> find(K key) {
    var held = tiers.inMemory(key);
    return held != null
        ? Optional.of(new Hit<>(held.value, tiers.tier(TierLevel.MEMORY)))
        : seek(key);
  }

  /** What is not in memory. */
  private Optional<Hit<V>> seek(K key) {
    var mine = new Load<V>();
    if (begin(key, mine) != null) {
      // Somebody loads it, and will keep it: no second promotion.
      return hit(mine.held, tiers.look(key, mine.held));
    }
    int level = 0;
    try {
      level = tiers.recall(key, mine.held);
    } finally {
      loads.remove(key, mine);
      if (level > 0) {
        mine.succeed();
      } else {
        mine.nothing();
      }
    }
    return hit(mine.held, level);
  }

  private Optional<Hit<V>> hit(Held<V> held, int level) {
    return level == 0 ? Optional.empty() : Optional.of(new Hit<>(held.value, tiers.tier(level)));
  }

  @Override
  public void put(K key, V value) {
    long start = System.nanoTime();
    Objects.requireNonNull(value, "value");
    change(key, () -> tiers.put(key, new Held<>(value)));
    metrics.get().record(Operation.CACHE_PUT, System.nanoTime() - start);
  }

  @Override
  public void invalidate(K key) {
    change(key, () -> tiers.remove(key));
  }

  void clear() {
    changeAll(tiers::clear);
  }

  /** Lets values of classes that are no more go from memory; what is stored as bytes stays. */
  void forgetMemory() {
    changeAll(tiers::clearMemory);
  }

  private void change(K key, Runnable change) {
    changing.merge(key, 1, Integer::sum);
    try {
      supersede(key);
      change.run();
      supersede(key);
    } finally {
      changing.computeIfPresent(key, (k, changes) -> changes == 1 ? null : changes - 1);
    }
  }

  private void changeAll(Runnable change) {
    changingAll.incrementAndGet();
    try {
      loads.keySet().forEach(this::supersede);
      change.run();
      loads.keySet().forEach(this::supersede);
    } finally {
      changingAll.decrementAndGet();
    }
  }

  private void supersede(K key) {
    var running = loads.get(key);
    if (running != null) {
      running.held.stale = true;
      loads.remove(key, running);
    }
  }

  List<CacheStats> stats() {
    var stats = tiers.stats();
    stats.add(
        0,
        CacheStats.builder(name, "loader", 0)
            .hits(loader.hits.sum())
            .misses(loader.misses.sum())
            .meanLoadSeconds(loader.meanSeconds())
            .build());
    return stats;
  }
}
