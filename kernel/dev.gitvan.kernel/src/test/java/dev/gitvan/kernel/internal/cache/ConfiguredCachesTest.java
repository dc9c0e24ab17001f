package dev.gitvan.kernel.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.cache.Cache;
import dev.gitvan.cache.CacheSettings;
import dev.gitvan.cache.CacheSpec;
import dev.gitvan.cache.Codec;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.cache.spi.RegionSpec;
import dev.gitvan.config.Configurations;
import dev.gitvan.config.internal.ConfigurationsService;
import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.testkit.HeapTier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cache: { memory, disk, git }} of the configuration, as caches obey it. */
class ConfiguredCachesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Configurations configurations =
      ConfigurationsService.with(new DocumentsService(), Metrics.NONE, CacheSettings.SECTION);
  private final Caches caches =
      new Caches(
          new Kernel(), () -> Metrics.NONE, () -> configurations, 1000, Duration.ofSeconds(30));
  private final HeapTier memory = new HeapTier();
  private final HeapTier disk = new HeapTier();
  private final HeapTier git = new HeapTier();
  private final List<RegionSpec> opened = new CopyOnWriteArrayList<>();
  private RepositoryId repository;
  private Path file;

  @BeforeEach
  void prepare(@TempDir Path worktree) throws IOException {
    var root = worktree.toRealPath();
    repository = new RepositoryId(Files.createDirectories(root.resolve(".git")));
    file = root.resolve("gitvan.yaml");
    add(memory, "heap", 1);
    add(disk, "disk", 2);
    add(git, "git", 3);
  }

  @AfterEach
  void close() {
    caches.close();
  }

  private void add(HeapTier tier, String name, int level) {
    CacheTier noting =
        spec -> {
          opened.add(spec);
          return tier.open(spec);
        };
    caches.add(TierOffers.of(noting, name, level).offer());
  }

  private Cache<String, String> cache(RepositoryId of) {
    return caches.cache(
        CacheSpec.builder("test", Codec.utf8(), Codec.utf8()).repository(of).build());
  }

  private void put(Cache<String, String> cache, String key) {
    cache.put(key, "value");
    caches.drain();
  }

  private String tierOf(Cache<String, String> cache, String key) {
    return cache.find(key).map(Cache.Hit::tier).orElse("none");
  }

  private void elapse(Duration time) {
    List.of(memory, disk, git).forEach(tier -> tier.elapse(time));
  }

  @Test
  void everyTierHasItsOwnTime() {
    var cache = cache(repository);
    put(cache, "a");
    elapse(Duration.ofMinutes(4));
    assertThat(tierOf(cache, "a")).isEqualTo("heap");
    elapse(Duration.ofMinutes(2));
    assertThat(tierOf(cache, "a")).isEqualTo("disk");
    elapse(Duration.ofHours(25));
    assertThat(tierOf(cache, "a")).isEqualTo("git");
    assertThat(opened.get(0).maxEntries()).isEqualTo(1000);
  }

  @Test
  void theRepositorysSettingsCount() throws IOException {
    Files.writeString(
        file,
        "cache: { memory: { entries: 7, ttl: 1m }, disk: { ttl: 2m }, git: { enabled: false } }\n");
    var cache = cache(repository);
    put(cache, "a");
    elapse(Duration.ofSeconds(61));
    assertThat(tierOf(cache, "a")).isEqualTo("disk");
    elapse(Duration.ofSeconds(60));
    assertThat(tierOf(cache, "a")).isEqualTo("none");
    assertThat(opened).hasSize(2);
    assertThat(opened.get(0).maxEntries()).isEqualTo(7);
    assertThat(git.regions()).isZero();
    assertThat(caches.rejections()).isEmpty();
  }

  @Test
  void whatACacheAsksForItselfCountsMore() throws IOException {
    Files.writeString(file, "cache: { memory: { entries: 7, ttl: 1m } }\n");
    Cache<String, String> own = caches.cache(CacheSpec.inMemory("own", Duration.ofMinutes(3), 50));
    own.put("a", "value");
    elapse(Duration.ofMinutes(2));
    assertThat(own.peek("a")).contains("value");
    assertThat(opened.get(0).maxEntries()).isEqualTo(50);
  }

  @Test
  void otherBoundsOfTheSameCacheAreTakenUp() throws Exception {
    Cache<String, String> cache =
        caches.cache(CacheSpec.inMemory("own", Duration.ofMinutes(3), 50));
    assertThat(caches.cache(CacheSpec.<String, String>inMemory("own", Duration.ofMinutes(1), 50)))
        .isSameAs(cache);
    cache.put("a", "value");
    elapse(Duration.ofMinutes(2));
    assertThat(cache.peek("a")).isEmpty();
  }

  @Test
  void cacheOfEverybodyHasTheDefaults() throws IOException {
    Files.writeString(file, "cache: { memory: { entries: 7 } }\n");
    cache(null);
    assertThat(opened.get(0).maxEntries()).isEqualTo(1000);
  }

  /** Shown to fail without the look after a put: the old settings stay for good. */
  @Test
  void changedSettingsAreTakenUpWhileTheCacheIsUsed() throws IOException {
    var cache = cache(repository);
    put(cache, "a");
    assertThat(git.regions()).isEqualTo(1);
    Files.writeString(file, "cache: { memory: { ttl: 1m }, git: { enabled: false } }\n");
    await(
        () -> {
          put(cache, "b");
          return caches.stats().stream().noneMatch(stats -> stats.level() == 3);
        });
    cache.invalidate("a");
    put(cache, "c");
    elapse(Duration.ofSeconds(61));
    assertThat(tierOf(cache, "c")).isEqualTo("disk");

    Files.writeString(file, "cache: { git: { enabled: true } }\n");
    await(
        () -> {
          put(cache, "d");
          return caches.stats().stream().anyMatch(stats -> stats.level() == 3);
        });
    put(cache, "e");
    elapse(Duration.ofHours(25));
    assertThat(tierOf(cache, "e")).isEqualTo("git");
    assertThat(tierOf(cache, "a")).as("forgotten while Git was left out").isEqualTo("none");
  }

  @Test
  void mistakeInTheConfigurationIsNotTheCachesBusiness() throws IOException {
    Files.writeString(file, "cache: { memory: { entries: many } }\n");
    var cache = cache(repository);
    put(cache, "a");
    assertThat(tierOf(cache, "a")).isEqualTo("heap");
    assertThat(opened.get(0).maxEntries()).isEqualTo(1000);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
