package dev.gitvan.kernel.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gitvan.cache.Cache;
import dev.gitvan.cache.CacheSpec;
import dev.gitvan.cache.Codec;
import dev.gitvan.cache.spi.BytesKey;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.testkit.HeapTier;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What caches make of what tiers guarantee. */
@Timeout(60)
class TierGuaranteesTest {
  private final Caches caches =
      new Caches(new Kernel(), () -> Metrics.NONE, () -> null, 100, Duration.ofSeconds(10));
  private final HeapTier disk = new HeapTier();
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void close() {
    released.countDown();
    caches.close();
  }

  private Cache<String, String> cache(Duration ttl) {
    return caches.cache(
        CacheSpec.builder("test", Codec.utf8(), Codec.utf8()).ttl(ttl).maxEntries(1000).build());
  }

  /** A tier that does something before each call of a region. */
  private static CacheTier before(CacheTier tier, Consumer<String> each) {
    return spec -> {
      each.accept("open");
      var region = tier.open(spec);
      return (Region)
          Proxy.newProxyInstance(
              Region.class.getClassLoader(),
              new Class<?>[] {Region.class},
              (proxy, method, arguments) -> {
                each.accept(method.getName());
                return method.invoke(region, arguments);
              });
    };
  }

  private String stored(String key) throws IOException {
    try (var region = disk.open(RegionSpec.builder("test", 0).build())) {
      var bytes = (byte[]) region.get(new BytesKey(key.getBytes(StandardCharsets.UTF_8)));
      return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private void hang() {
    while (true) {
      try {
        released.await();
        return;
      } catch (InterruptedException e) {
        // Ignored, as bad tiers do.
      }
    }
  }

  @Test
  void tierThatMayNotEndIsCalledOnThreadsOfItsOwn() throws Exception {
    List<String> threads = new CopyOnWriteArrayList<>();
    var tier = before(disk, call -> threads.add(Thread.currentThread().getName()));
    caches.add(TierOffers.unsure(tier, "remote", 3).offer());
    var cache = cache(Duration.ZERO);
    cache.put("a", "1");
    caches.drain();
    assertThat(stored("a")).isEqualTo("1");
    assertThat(cache.peek("a")).contains("1");
    cache.invalidate("a");
    caches.drain();
    assertThat(stored("a")).isNull();
    assertThat(threads).isNotEmpty().containsOnly("gitvan-cache-tier");
    assertThat(caches.rejections()).isEmpty();
  }

  /** What replaces a value that is just being written is written after what waits by then. */
  @Test
  void drainingWaitsForWhatReplacedAValueThatWasBeingWritten() throws Exception {
    var writing = new CountDownLatch(1);
    var tier =
        before(
            disk,
            call -> {
              if (call.equals("put")) {
                writing.countDown();
                LockSupport.parkNanos(50_000_000);
              }
            });
    caches.add(TierOffers.unsure(tier, "remote", 3).offer());
    var cache = cache(Duration.ZERO);
    cache.put("a", "1");
    writing.await();
    cache.put("a", "2");
    caches.drain();
    assertThat(stored("a")).isEqualTo("2");
  }

  @Test
  void tierThatHangsIsAbandonedAndQuarantined() throws Exception {
    var tier = before(disk, call -> hangIn(call, "get"));
    caches.add(TierOffers.unsure(tier, "remote", 3).offer());
    assertThat(cache(Duration.ZERO).get("a", key -> "loaded")).isEqualTo("loaded");
    assertThat(caches.rejections())
        .extracting(Rejection::code, Rejection::contribution)
        .containsExactly(tuple("QUARANTINED", "remote"));
    assertThat(cache(Duration.ZERO).get("a", key -> "loaded again")).isEqualTo("loaded again");
  }

  @Test
  void tierThatHangsWhileItOpensIsAbandoned() throws Exception {
    caches.add(TierOffers.unsure(before(disk, call -> hangIn(call, "open")), "remote", 2).offer());
    assertThat(cache(Duration.ZERO).get("a", key -> "loaded")).isEqualTo("loaded");
    assertThat(caches.rejections()).extracting(Rejection::code).containsExactly("QUARANTINED");
  }

  private void hangIn(String call, String method) {
    if (call.equals(method)) {
      hang();
    }
  }

  @Test
  void memoryMustBeBounded() {
    caches.add(TierOffers.unsure(disk, "slow", 1).offer());
    caches.add(TierOffers.unsure(disk, "stubborn", 1).with("gitvan.cache.bounded", true).offer());
    assertThat(caches.rejections())
        .extracting(Rejection::code)
        .containsExactly("NOT_BOUNDED", "NOT_BOUNDED");
  }

  @Test
  void cachesThatExpireUseNoTierThatCannot() throws Exception {
    var other = new HeapTier();
    caches.add(TierOffers.of(disk, "everlasting", 2).with("gitvan.cache.expires", false).offer());
    cache(Duration.ofMinutes(5)).put("a", "1");
    caches.drain();
    assertThat(stored("a")).isNull();
    assertThat(caches.rejections())
        .extracting(Rejection::reason)
        .containsExactly(
            "cannot hold the cache test: its entries expire after 5m, which the tier does not"
                + " support");
    caches.add(TierOffers.of(other, "second", 2).ranking(-1).offer());
    assertThat(caches.stats()).extracting(stats -> stats.tier()).contains("second");
    // The cache's bounds change: it does not expire any more.
    cache(Duration.ZERO).put("a", "2");
    caches.drain();
    assertThat(stored("a")).isEqualTo("2");
    assertThat(caches.rejections()).isEmpty();
  }
}
