package dev.gitvan.kernel.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.cache.Cache;
import dev.gitvan.cache.CacheSpec;
import dev.gitvan.cache.CacheStats;
import dev.gitvan.cache.Codec;
import dev.gitvan.cache.spi.BytesKey;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.cache.spi.RegionSpec;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.kernel.internal.Offers;
import dev.gitvan.kernel.internal.Recordings;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.Operation;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.testkit.HeapTier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CachesTest {
  private final Recordings metrics = new Recordings();
  private final Caches caches =
      new Caches(new Kernel(), () -> metrics, () -> null, 100, Duration.ofSeconds(10));
  private final HeapTier memory = new HeapTier();
  private final HeapTier disk = new HeapTier();
  private final HeapTier git = new HeapTier();
  private final AtomicInteger loads = new AtomicInteger();

  @AfterEach
  void close() {
    caches.close();
  }

  private Offers<CacheTier> add(CacheTier tier, String name, int level) {
    var offer = TierOffers.of(tier, name, level);
    caches.add(offer.offer());
    return offer;
  }

  private void addAll() {
    add(memory, "heap", 1);
    add(disk, "disk", 2);
    add(git, "git", 3);
  }

  private static CacheSpec<String, String> spec(String name) {
    return CacheSpec.builder(name, Codec.utf8(), Codec.utf8())
        .ttl(Duration.ofMinutes(5))
        .maxEntries(1000)
        .build();
  }

  private Cache<String, String> cache() {
    return caches.cache(spec("test"));
  }

  private String load(Cache<String, String> cache, String key) throws Exception {
    return cache.get(
        key,
        k -> {
          loads.incrementAndGet();
          return "loaded " + k;
        });
  }

  /** What a tier itself has for a key. */
  private String in(HeapTier tier, String key) {
    try (var region = tier.open(RegionSpec.builder("test", 0).build())) {
      var bytes = (byte[]) region.get(new BytesKey(key.getBytes(StandardCharsets.UTF_8)));
      return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private CacheStats stats(String tier) {
    return caches.stats().stream().filter(s -> s.tier().equals(tier)).findFirst().orElseThrow();
  }

  /** Lets the writer finish: whatever is asked for later is done later. */
  private void written() {
    caches.drain();
  }

  @Test
  void withoutTiersEveryGetLoads() throws Exception {
    var cache = cache();
    assertThat(load(cache, "a")).isEqualTo("loaded a");
    assertThat(load(cache, "a")).isEqualTo("loaded a");
    assertThat(loads).hasValue(2);
    cache.put("a", "1");
    assertThat(cache.peek("a")).isEmpty();
    cache.invalidate("a");
    caches.clear(null);
  }

  @Test
  void loadedValueGoesIntoAllTiers() throws Exception {
    addAll();
    var cache = cache();
    load(cache, "a");
    assertThat(load(cache, "a")).isEqualTo("loaded a");
    assertThat(loads).hasValue(1);
    written();
    assertThat(in(disk, "a")).isEqualTo("loaded a");
    assertThat(in(git, "a")).isEqualTo("loaded a");
    assertThat(stats("heap").hits()).isEqualTo(1);
    assertThat(stats("loader").hits()).isEqualTo(1);
  }

  @Test
  void tellsWhichTierHadAValue() {
    add(git, "git", 3);
    cache().put("a", "1");
    written();
    var heap = add(memory, "heap", 1);
    add(disk, "disk", 2);

    assertThat(cache().find("a")).contains(new Cache.Hit<>("1", "git"));
    assertThat(cache().find("a")).contains(new Cache.Hit<>("1", "heap"));
    written();
    caches.remove(heap);
    assertThat(cache().find("a")).contains(new Cache.Hit<>("1", "disk"));
    assertThat(cache().find("b")).isEmpty();
  }

  @Test
  void readsTheTiersInOrderAndPromotes() throws Exception {
    add(git, "git", 3);
    load(cache(), "a");
    written();
    add(memory, "heap", 1);
    add(disk, "disk", 2);

    assertThat(load(cache(), "a")).isEqualTo("loaded a");
    written();
    assertThat(in(disk, "a")).isEqualTo("loaded a");
    assertThat(load(cache(), "a")).isEqualTo("loaded a");
    assertThat(loads).hasValue(1);
    assertThat(stats("git").hits()).isEqualTo(1);
    assertThat(stats("disk").hits()).isZero();
    assertThat(stats("heap").hits()).isEqualTo(1);
  }

  @Test
  void peekLooksAndPromotesButNeverLoads() throws Exception {
    add(disk, "disk", 2);
    assertThat(cache().peek("a")).isEmpty();
    load(cache(), "a");
    written();
    add(memory, "heap", 1);
    assertThat(cache().peek("a")).contains("loaded a");
    assertThat(cache().peek("a")).contains("loaded a");
    assertThat(stats("heap").hits()).isEqualTo(1);
  }

  @Test
  void putIsSeenAtOnceAlsoBeforeItIsWritten() throws Exception {
    var slow = new SlowTier(disk);
    add(slow, "disk", 2);
    var cache = cache();
    cache.put("a", "1");
    cache.put("a", "2");
    assertThat(cache.peek("a")).contains("2");
    cache.invalidate("a");
    assertThat(cache.peek("a")).isEmpty();
    cache.put("a", "3");
    slow.go.countDown();
    written();
    assertThat(in(disk, "a")).isEqualTo("3");
    assertThat(metrics.counts()).containsEntry(Operation.CACHE_PUT, 3L);
  }

  @Test
  void invalidateAndClearReachEveryTier() throws Exception {
    addAll();
    var cache = cache();
    cache.put("a", "1");
    cache.put("b", "2");
    written();
    cache.invalidate("a");
    written();
    assertThat(in(disk, "a")).isNull();
    assertThat(in(git, "a")).isNull();
    assertThat(cache.peek("b")).contains("2");

    caches.clear("another");
    assertThat(cache.peek("b")).contains("2");
    caches.clear("test");
    assertThat(cache.peek("b")).isEmpty();
    assertThat(in(git, "b")).isNull();
    cache.put("b", "3");
    caches.clear(null);
    assertThat(cache.peek("b")).isEmpty();
  }

  @Test
  void cacheWithoutCodecsLivesInMemoryOnly() throws Exception {
    addAll();
    Cache<String, Object> cache = caches.cache(CacheSpec.inMemory("objects", Duration.ZERO, 10));
    var value = new Object();
    cache.put("a", value);
    assertThat(cache.get("a", k -> null)).isSameAs(value);
    assertThat(disk.regions()).isZero();
    assertThat(caches.stats()).extracting(CacheStats::tier).containsExactly("loader", "heap");
  }

  @Test
  void entriesOutliveTheirTimeNowhere() throws Exception {
    addAll();
    load(cache(), "a");
    written();
    for (var tier : List.of(memory, disk, git)) {
      tier.elapse(Duration.ofMinutes(6));
    }
    load(cache(), "a");
    assertThat(loads).hasValue(2);
  }

  @Test
  void failingTierIsAMissWithAMetricAndReturns() throws Exception {
    addAll();
    var cache = cache();
    load(cache, "a");
    written();
    for (var tier : List.of(memory, disk, git)) {
      tier.fail(true);
    }
    assertThat(load(cache, "a")).isEqualTo("loaded a");
    cache.put("b", "1");
    cache.invalidate("c");
    written();
    assertThat(loads).hasValue(2);
    assertThat(stats("disk").misses()).isGreaterThan(1);
    assertThat(metrics.counts()).containsKey(Operation.cacheGet("test", "disk"));
    for (var tier : List.of(memory, disk, git)) {
      tier.fail(false);
    }
    assertThat(load(cache, "a")).isEqualTo("loaded a");
    assertThat(loads).hasValue(2);
  }

  @Test
  void tierThatCannotOpenACacheIsToldAndLeftOut() throws Exception {
    disk.fail(true);
    addAll();
    load(cache(), "a");
    written();
    assertThat(in(git, "a")).isEqualTo("loaded a");
    assertThat(caches.rejections())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.code()).isEqualTo("OPEN_FAILED");
              assertThat(r.contribution()).isEqualTo("disk");
              assertThat(r.reason()).contains("the cache test").contains("failing on request");
            });
  }

  @Test
  void damagedEntryIsAMissAndIsCounted() throws Exception {
    add(disk, "disk", 2);
    load(cache(), "a");
    written();
    disk.corrupt(
        RegionSpec.builder("test", 0).build(), new BytesKey("a".getBytes(StandardCharsets.UTF_8)));
    load(cache(), "a");
    assertThat(loads).hasValue(2);
    assertThat(stats("disk").corrupt()).isEqualTo(1);
  }

  @Test
  void bytesThatAreNoValueAreAMissAndRemoved() throws Exception {
    add(disk, "disk", 2);
    var refusing =
        CacheSpec.builder("test", Codec.utf8(), new Refusing())
            .ttl(Duration.ofMinutes(5))
            .maxEntries(10)
            .build();
    var cache = caches.cache(refusing);
    load(cache, "a");
    written();
    load(cache, "a");
    assertThat(loads).hasValue(2);
    assertThat(stats("disk").corrupt()).isEqualTo(1);
  }

  private static final class Refusing implements Codec<String> {
    @Override
    public byte[] encode(String value) {
      return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String decode(byte[] bytes) {
      throw new IllegalArgumentException("not mine");
    }
  }

  @Test
  void tiersComeAndGo() throws Exception {
    var heap = add(memory, "heap", 1);
    var below = add(disk, "disk", 2);
    var cache = cache();
    load(cache, "a");
    caches.remove(below);
    assertThat(below.out).hasValue(0);
    assertThat(in(disk, "a")).as("what waited was written first").isEqualTo("loaded a");
    caches.remove(heap);
    load(cache, "a");
    assertThat(loads).hasValue(2);

    add(disk, "disk", 2);
    load(cache, "a");
    assertThat(loads).hasValue(2);
    assertThat(stats("disk").hits()).isEqualTo(1);
  }

  @Test
  void whatChangedWhileATierWasAwayIsNotThereWhenItReturns() throws Exception {
    var below = add(disk, "disk", 2);
    var cache = cache();
    cache.put("a", "old");
    cache.put("b", "old");
    cache.put("c", "kept");
    caches.remove(below);
    cache.put("a", "new");
    cache.invalidate("b");
    add(disk, "disk", 2);

    assertThat(cache.peek("a")).isEmpty();
    assertThat(cache.peek("b")).isEmpty();
    assertThat(cache.peek("c")).contains("kept");
  }

  @Test
  void highestRankedTierOfALevelIsUsed() throws Exception {
    var better = new HeapTier();
    add(disk, "disk", 2);
    load(cache(), "a");
    written();
    var offer = TierOffers.of(better, "better", 2).ranking(10);
    caches.add(offer.offer());
    load(cache(), "a");
    written();
    assertThat(loads).hasValue(2);
    assertThat(in(better, "a")).isEqualTo("loaded a");
    caches.remove(offer);
    load(cache(), "a");
    assertThat(loads).hasValue(2);
  }

  @Test
  void swappedTierIsClosedBeforeItsNewVersionIsOpened() throws Exception {
    var open = new AtomicInteger();
    var most = new AtomicInteger();
    var one = TierOffers.of(new Exclusive(disk, open, most), "disk", 2).bundle("disk", "1", 1);
    caches.add(one.offer());
    load(cache(), "a");
    caches.add(
        TierOffers.of(new Exclusive(disk, open, most), "disk", 2).bundle("disk", "2", 2).offer());
    caches.remove(one);
    load(cache(), "a");
    assertThat(loads).hasValue(1);
    assertThat(most).hasValue(1);
  }

  /** Shown to fail without single flight: many loads of each key. */
  @Test
  void missingKeyIsLoadedOnceHoweverManyWantIt() throws Exception {
    addAll();
    var cache = cache();
    for (int round = 0; round < 50; round++) {
      var key = "key" + round;
      var gate = new CountDownLatch(1);
      var threads = new ArrayList<Thread>();
      var values = new CopyOnWriteArrayList<String>();
      for (int i = 0; i < 8; i++) {
        threads.add(
            new Thread(
                () -> {
                  try {
                    gate.await();
                    values.add(load(cache, key));
                  } catch (Exception e) {
                    values.add(e.toString());
                  }
                }));
      }
      threads.forEach(Thread::start);
      gate.countDown();
      for (var thread : threads) {
        thread.join();
      }
      assertThat(values).hasSize(8).containsOnly("loaded " + key);
      assertThat(loads).hasValue(round + 1);
    }
  }

  @Test
  void failureOfALoadReachesAllWhoWaitAndNothingIsKept() throws Exception {
    add(memory, "heap", 1);
    var cache = cache();
    var inside = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var failure = new IOException("no");
    var caught = new CopyOnWriteArrayList<Throwable>();
    var leader =
        new Thread(
            () -> {
              try {
                cache.get(
                    "a",
                    k -> {
                      inside.countDown();
                      go.await();
                      throw failure;
                    });
              } catch (Exception e) {
                caught.add(e);
              }
            });
    leader.start();
    inside.await();
    var follower =
        new Thread(
            () -> {
              try {
                load(cache, "a");
              } catch (Exception e) {
                caught.add(e);
              }
            });
    follower.start();
    awaitWaiting(follower);
    go.countDown();
    leader.join();
    follower.join();
    assertThat(caught).containsExactly(failure, failure);
    assertThat(load(cache, "a")).isEqualTo("loaded a");
  }

  @Test
  void interruptOfTheLoadingThreadIsNotTheOthersFailure() throws Exception {
    add(memory, "heap", 1);
    var cache = cache();
    var inside = new CountDownLatch(1);
    var leader =
        new Thread(
            () -> {
              try {
                cache.get(
                    "a",
                    k -> {
                      inside.countDown();
                      new CountDownLatch(1).await();
                      return null;
                    });
              } catch (Exception expected) {
                // Interrupted.
              }
            });
    leader.start();
    inside.await();
    var values = new CopyOnWriteArrayList<String>();
    var follower =
        new Thread(
            () -> {
              try {
                values.add(load(cache, "a"));
              } catch (Exception e) {
                values.add(e.toString());
              }
            });
    follower.start();
    awaitWaiting(follower);
    leader.interrupt();
    follower.join();
    assertThat(values).containsExactly("loaded a");
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void valueThatNeedsItselfIsRefusedNotDeadlocked() {
    var cache = cache();
    assertThatThrownBy(() -> cache.get("a", k -> cache.get("a", j -> "x")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("recursive load of a value");
  }

  @Test
  void valuesThatNeedEachOtherInTwoThreadsAreRefusedNotDeadlocked() throws Exception {
    var cache = cache();
    var both = new CountDownLatch(2);
    var failures = new CopyOnWriteArrayList<Throwable>();
    var threads = new ArrayList<Thread>();
    for (var pair : List.of(List.of("a", "b"), List.of("b", "a"))) {
      threads.add(
          new Thread(
              () -> {
                try {
                  cache.get(
                      pair.get(0),
                      k -> {
                        both.countDown();
                        both.await();
                        return load(cache, pair.get(1));
                      });
                } catch (Exception e) {
                  failures.add(e);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (var thread : threads) {
      thread.join();
    }
    assertThat(failures).isNotEmpty().allMatch(IllegalStateException.class::isInstance);
  }

  @Test
  void nullFromALoaderIsAnError() {
    assertThatThrownBy(() -> cache().get("a", k -> null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void invalidateDuringALoadKeepsItsValueOut() throws Exception {
    addAll();
    var cache = cache();
    var value =
        cache.get(
            "a",
            k -> {
              cache.invalidate("a");
              return "stale";
            });
    assertThat(value).isEqualTo("stale");
    written();
    assertThat(cache.peek("a")).isEmpty();
    assertThat(in(disk, "a")).isNull();
  }

  @Test
  void putDuringALoadWins() throws Exception {
    addAll();
    var cache = cache();
    cache.get(
        "a",
        k -> {
          cache.put("a", "new");
          return "old";
        });
    written();
    assertThat(cache.peek("a")).contains("new");
    assertThat(in(disk, "a")).isEqualTo("new");
  }

  @Test
  void clearDuringALoadKeepsItsValueOut() throws Exception {
    addAll();
    var cache = cache();
    cache.get(
        "a",
        k -> {
          caches.clear("test");
          return "stale";
        });
    written();
    assertThat(cache.peek("a")).isEmpty();
  }

  /**
   * A source that changes, an invalidation after each change, readers all the time: after the
   * invalidation has returned, no reader may get what was before. Shown to fail without the stale
   * mark, and with the removal from the lower tiers behind and no look at what is pending.
   */
  @Test
  void invalidatedValueNeverReturns() throws Exception {
    addAll();
    var cache = cache();
    var source = new AtomicLongArray(4);
    var valid = new AtomicLongArray(4);
    var stop = new AtomicInteger();
    var wrong = new CopyOnWriteArrayList<String>();
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < 3; t++) {
      threads.add(
          new Thread(
              () -> {
                while (stop.get() == 0) {
                  int key = ThreadLocalRandom.current().nextInt(4);
                  long least = valid.get(key);
                  try {
                    long got = Long.parseLong(cache.get("k" + key, k -> "" + source.get(key)));
                    if (got < least) {
                      wrong.add(key + ": " + got + " after " + least);
                    }
                  } catch (Exception e) {
                    wrong.add(e.toString());
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    for (int i = 1; i <= 20_000 && wrong.isEmpty(); i++) {
      int key = i % 4;
      source.set(key, i);
      cache.invalidate("k" + key);
      valid.set(key, i);
    }
    stop.set(1);
    for (var thread : threads) {
      thread.join();
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void putsBeyondTheRoomAreGivenUpBelowMemoryWithoutLeavingOldValues() throws Exception {
    var slow = new SlowTier(disk);
    add(memory, "heap", 1);
    add(slow, "disk", 2);
    var cache = cache();
    slow.go.countDown();
    for (int i = 0; i < 300; i++) {
      cache.put("k" + i, "old");
      if (i % 50 == 0) {
        written();
      }
    }
    written();
    slow.go = new CountDownLatch(1);
    for (int i = 0; i < 300; i++) {
      cache.put("k" + i, "new");
    }
    slow.go.countDown();
    written();
    for (int i = 0; i < 300; i++) {
      assertThat(in(disk, "k" + i)).isNotEqualTo("old");
      assertThat(cache.peek("k" + i)).contains("new");
    }
    assertThat(in(disk, "k0")).isEqualTo("new");
  }

  @Test
  void closingWritesWhatWaits() {
    add(disk, "disk", 2);
    var cache = cache();
    for (int i = 0; i < 50; i++) {
      cache.put("k" + i, "v" + i);
    }
    caches.close();
    for (int i = 0; i < 50; i++) {
      assertThat(in(disk, "k" + i)).isEqualTo("v" + i);
    }
  }

  @Test
  void oneNameIsOneCacheAndEachRepositoryHasItsOwn() {
    add(memory, "heap", 1);
    assertThat(caches.cache(spec("test"))).isSameAs(cache());
    var repository = new RepositoryId(Path.of("/r/.git").toAbsolutePath());
    var other =
        caches.cache(
            CacheSpec.builder("test", Codec.utf8(), Codec.utf8()).repository(repository).build());
    assertThat(other).isNotSameAs(cache());
    cache().put("a", "1");
    assertThat(other.peek("a")).isEmpty();
    assertThat(caches.stats()).filteredOn(s -> s.tier().equals("heap")).hasSize(1);
    assertThat(stats("heap").entries()).isEqualTo(1);
  }

  @Test
  void sameNameWithAnotherSchemaOrCodecIsRefused() {
    cache();
    var schema = CacheSpec.builder("test", Codec.utf8(), Codec.utf8()).schema(2).build();
    var codec = CacheSpec.builder("test", Codec.utf8(), Codec.bytes()).build();
    assertThatThrownBy(() -> caches.cache(schema)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> caches.cache(codec)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> caches.cache(CacheSpec.inMemory("test", Duration.ZERO, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rejectsTiersWithoutNameOrWithAWrongLevel() {
    caches.add(Offers.<CacheTier>of(memory).with("gitvan.cache.level", 1).offer());
    caches.add(TierOffers.of(memory, "x", 4).offer());
    caches.add(Offers.<CacheTier>of(memory).with("gitvan.cache.tier", "x").offer());
    assertThat(caches.rejections())
        .extracting(Rejection::code)
        .containsExactly("NAME_MISSING", "LEVEL_INVALID", "LEVEL_INVALID");
  }

  @Test
  void statsAreByCacheThenLevel() throws Exception {
    addAll();
    caches.cache(spec("b"));
    caches.cache(spec("a"));
    assertThat(caches.stats())
        .extracting(s -> s.cache() + s.level() + s.tier())
        .containsExactly(
            "a0loader", "a1heap", "a2disk", "a3git", "b0loader", "b1heap", "b2disk", "b3git");
  }

  @Test
  void weigherSeesTheValueItself() throws Exception {
    var weighed = new CopyOnWriteArrayList<Integer>();
    CacheTier weighing =
        spec -> {
          weighed.add(spec.weigher() == null ? -1 : 0);
          return new HeapTier().open(spec);
        };
    add(weighing, "heap", 1);
    caches.cache(CacheSpec.<String, String>builder("w").weigher(String::length, 100).build());
    assertThat(weighed).containsExactly(0);
  }
}
