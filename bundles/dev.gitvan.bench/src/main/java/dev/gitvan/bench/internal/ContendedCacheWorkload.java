package dev.gitvan.bench.internal;

import dev.gitvan.cache.Cache;
import dev.gitvan.cache.CacheRegistry;
import dev.gitvan.cache.CacheSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * As many threads as there are cores each ask for the same 10,000 keys that nobody has; it fails if
 * any is loaded twice. The peer is {@code computeIfAbsent} of a plain map.
 */
final class ContendedCacheWorkload implements Workload {
  private static final int KEYS = 10_000;
  private static final String CACHE = "bench-contended";

  private final CacheRegistry caches;

  ContendedCacheWorkload(CacheRegistry caches) {
    this.caches = caches;
  }

  @Override
  public Plan plan() {
    return new Plan(CacheWorkloads.NAME, "cache.load.contended_10000", 50, 30);
  }

  @Override
  public List<Contender> contenders(Path directory, Consumer<String> absent) {
    Cache<Integer, Integer> cache =
        caches.cache(CacheSpec.inMemory(CACHE, Duration.ofMinutes(5), 2 * KEYS));
    var map = new ConcurrentHashMap<Integer, Integer>();
    return List.of(
        new Askers(
            "gitvan",
            (key, loads) -> cache.get(key, k -> loads.incrementAndGet()),
            () -> caches.clear(CACHE)),
        new Askers(
            "ConcurrentHashMap",
            (key, loads) -> map.computeIfAbsent(key, k -> loads.incrementAndGet()),
            map::clear));
  }

  /** Gets a value, and counts when it is loaded. */
  private interface Get {
    void on(int key, AtomicInteger loads) throws Exception;
  }

  private static final class Askers implements Contender {
    private final String name;
    private final Get get;
    private final Runnable forget;
    private final Crew crew = new Crew();
    private final int threads = Runtime.getRuntime().availableProcessors();
    private int round;

    Askers(String name, Get get, Runnable forget) {
      this.name = name;
      this.get = get;
      this.forget = forget;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void run(int times, Samples samples) throws Exception {
      for (int i = 0; i < times; i++) {
        int first = KEYS * round++;
        var loads = new AtomicInteger();
        samples.add(
            crew.run(
                threads,
                asker -> {
                  for (int key = first; key < first + KEYS; key++) {
                    get.on(key, loads);
                  }
                }));
        if (loads.get() != KEYS) {
          throw new IllegalStateException(name + " loaded " + loads + " times for " + KEYS);
        }
        forget.run();
      }
    }

    @Override
    public void close() {
      crew.close();
    }
  }
}
