package dev.gitvan.bench.internal;

import dev.gitvan.cache.Cache;
import dev.gitvan.cache.CacheRegistry;
import dev.gitvan.cache.CacheSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A thousand hits in memory; the peer is a plain map, which evicts, expires and counts nothing.
 * Both are asked with keys that equal theirs and are not the same objects, as a caller makes them.
 */
final class MemoryCacheWorkload implements Workload {
  private static final int KEYS = 1000;

  private final CacheRegistry caches;

  MemoryCacheWorkload(CacheRegistry caches) {
    this.caches = caches;
  }

  @Override
  public Plan plan() {
    return new Plan(CacheWorkloads.NAME, "cache.get.memory_1000", 2000, 5000);
  }

  @Override
  public List<Contender> contenders(Path directory, Consumer<String> absent) {
    Cache<String, String> cache =
        caches.cache(CacheSpec.inMemory("bench-memory", Duration.ofMinutes(5), 10 * KEYS));
    var map = new ConcurrentHashMap<String, String>();
    var keys = new String[KEYS];
    for (int i = 0; i < KEYS; i++) {
      keys[i] = key(i);
      cache.put(key(i), "value " + i);
      map.put(key(i), "value " + i);
    }
    return List.of(
        reader("gitvan", keys, key -> cache.get(key, missing -> null)),
        reader("ConcurrentHashMap", keys, map::get));
  }

  private static String key(int number) {
    return "key number " + number;
  }

  private interface Get {
    String of(String key) throws Exception;
  }

  private static Contender reader(String name, String[] keys, Get get) {
    return new Contender() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void run(int times, Samples samples) throws Exception {
        for (int i = 0; i < times; i++) {
          int found = 0;
          long start = System.nanoTime();
          for (var key : keys) {
            if (get.of(key) != null) {
              found++;
            }
          }
          samples.add(System.nanoTime() - start);
          if (found != keys.length) {
            throw new IllegalStateException(name + " found " + found + " of " + keys.length);
          }
        }
      }
    };
  }
}
