package dev.gitvan.cache.heap.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeapTierTest {
  private static final ToIntFunction<Object> LENGTH = value -> ((String) value).length();

  private final AtomicLong nanos = new AtomicLong();
  private final HeapTier tier = new HeapTier(nanos::get);

  @AfterEach
  void close() throws InterruptedException {
    tier.close();
    for (var thread : threads("gitvan-cache-pulse")) {
      thread.join();
    }
  }

  @Test
  void keepsValuesAsTheyAre() throws IOException {
    var region = open(Duration.ZERO, 10);
    var value = new Object();
    region.put("key", value);
    assertThat(region.get("key")).isSameAs(value);
    assertThat(region.get("other")).isNull();
    assertThat(region.entries()).isOne();
    assertThat(region.bytes()).as("nobody weighs").isEqualTo(-1);
    region.remove("key");
    assertThat(region.get("key")).isNull();
  }

  @Test
  void forgetsWhatHasOutlivedItsTime() throws IOException {
    var region = open(Duration.ofMinutes(5), 10);
    region.put("key", "value");
    nanos.addAndGet(Duration.ofMinutes(5).toNanos() - 1);
    assertThat(region.get("key")).isEqualTo("value");
    nanos.addAndGet(1);
    assertThat(region.get("key")).isNull();
    assertThat(region.entries()).isZero();
    assertThat(region.evictions()).as("its time was over, room was not short").isZero();
  }

  @Test
  void keepsWhatIsUsedOftenWhenAScanPassesThrough() throws IOException {
    var region = open(Duration.ZERO, 100);
    for (int i = 0; i < 100; i++) {
      region.put("hot" + i, i);
    }
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < 50; i++) {
        region.get("hot" + i);
      }
    }
    for (int i = 0; i < 10_000; i++) {
      region.put("scan" + i, i);
    }
    int kept = 0;
    for (int i = 0; i < 50; i++) {
      kept += region.get("hot" + i) == null ? 0 : 1;
    }
    assertThat(kept).as("by recency alone it would be none").isGreaterThan(15);
    assertThat(region.entries()).isEqualTo(100);
    assertThat(region.evictions()).isEqualTo(10_000);
  }

  @Test
  void takesUpOtherBoundsWhileItIsUsed() throws IOException {
    var region = tier.open(spec(Duration.ofMinutes(5), 100));
    for (int i = 0; i < 100; i++) {
      region.put(i, "value " + i);
    }
    region.resize(spec(Duration.ofMinutes(1), 10));
    assertThat(region.entries()).isEqualTo(10);
    region.put("new", "value");
    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    assertThat(region.get("new")).isNull();
    region.resize(spec(Duration.ofMinutes(5), 1000));
    for (int i = 0; i < 500; i++) {
      region.put(i, "value " + i);
    }
    assertThat(region.entries()).isEqualTo(500);
    region.clear();
    for (int i = 0; i < 500; i++) {
      region.put(i, "value " + i);
    }
    assertThat(region.entries()).isEqualTo(500);
  }

  @Test
  void exceedsNeitherItsEntriesNorItsBytes() throws IOException {
    var region = open(10, LENGTH, 1000);
    for (int i = 0; i < 50; i++) {
      region.put("small" + i, "x");
    }
    assertThat(region.entries()).isLessThanOrEqualTo(10);
    assertThat(region.bytes()).isEqualTo(region.entries());
    for (int i = 0; i < 50; i++) {
      region.put("large" + i, "x".repeat(400));
    }
    assertThat(region.bytes()).isLessThanOrEqualTo(1000);
    assertThat(region.entries()).isLessThanOrEqualTo(10);
    assertThat(region.evictions()).isGreaterThan(80);
    region.put("too large", "x".repeat(1001));
    assertThat(region.get("too large")).isNull();
  }

  @Test
  void countsBytesThroughEveryChange() throws IOException {
    var region = open(1000, LENGTH, 1 << 20);
    var random = new Random(7);
    var model = new java.util.HashMap<String, String>();
    for (int i = 0; i < 5_000; i++) {
      var key = "k" + random.nextInt(200);
      if (random.nextInt(4) == 0) {
        region.remove(key);
        model.remove(key);
      } else {
        var value =
            random.nextBoolean() && model.containsKey(key)
                ? model.get(key)
                : "v".repeat(random.nextInt(100));
        region.put(key, value);
        model.put(key, value);
      }
    }
    assertThat(region.bytes()).isEqualTo(model.values().stream().mapToLong(String::length).sum());
    assertThat(region.entries()).isEqualTo(model.size());
    region.clear();
    assertThat(region.bytes()).isZero();
    assertThat(region.entries()).isZero();
    model.keySet().forEach(key -> assertThat(get(region, key)).isNull());
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    var hot = new HeapTier();
    var region = hot.open(RegionSpec.builder("test", 100).ttl(Duration.ofHours(1)).build());
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < 4; t++) {
      var thread =
          new Thread(
              () -> {
                for (int i = 0; i < 50_000; i++) {
                  put(region, i % 100, i);
                  assertThat(get(region, i % 100)).isNotNull();
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (var thread : threads) {
      thread.join();
    }
    var pulse = threads("gitvan-cache-pulse");
    assertThat(pulse).as("one clock, however many regions and readers").hasSize(1);
    assertThat(pulse.get(0).getContextClassLoader()).isNull();
    hot.close();
    pulse.get(0).join(60_000);
    assertThat(threads("gitvan-cache-pulse")).isEmpty();
    assertThat(threads("ForkJoinPool.*")).isEmpty();
    put(region, "late", "value");
    assertThat(get(region, "late")).as("still right, only slower").isEqualTo("value");
    assertThat(threads("gitvan-cache-pulse")).isEmpty();
  }

  @Test
  void startsNoThreadBeforeItIsUsed() {
    new HeapTier().open(RegionSpec.builder("test", 100).ttl(Duration.ofHours(1)).build());
    assertThat(threads("gitvan-cache-pulse")).isEmpty();
  }

  private static List<Thread> threads(String pattern) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && thread.getName().matches(pattern))
        .toList();
  }

  private static void put(Region region, Object key, Object value) {
    try {
      region.put(key, value);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Object get(Region region, Object key) {
    try {
      return region.get(key);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static RegionSpec spec(Duration ttl, long maxEntries) {
    return RegionSpec.builder("test", maxEntries).ttl(ttl).build();
  }

  private Region open(Duration ttl, long maxEntries) {
    return tier.open(RegionSpec.builder("test", maxEntries).ttl(ttl).build());
  }

  private Region open(long maxEntries, ToIntFunction<Object> weigher, long maxWeight) {
    return tier.open(RegionSpec.builder("test", maxEntries).weigher(weigher, maxWeight).build());
  }
}
