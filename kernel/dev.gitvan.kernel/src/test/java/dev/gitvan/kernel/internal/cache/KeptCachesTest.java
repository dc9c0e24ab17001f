package dev.gitvan.kernel.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.cache.CacheSpec;
import dev.gitvan.cache.CacheStats;
import dev.gitvan.cache.Codec;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.cache.spi.KeptCache;
import dev.gitvan.cache.spi.PersistentTier;
import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import dev.gitvan.cache.spi.TierBusyException;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.testkit.HeapTier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listing, clearing and verifying caches of other processes. */
class KeptCachesTest {
  private static final RepositoryId REPOSITORY = new RepositoryId(Path.of("/r/.git"));

  @TempDir Path state;
  private final Kept disk = new Kept();
  private final Kept git = new Kept();
  private Caches caches;

  /** A tier with given content. */
  private static final class Kept implements PersistentTier {
    final HeapTier regions = new HeapTier();
    final List<String> cleared = new ArrayList<>();
    List<KeptCache> kept = new ArrayList<>();
    IOException failure;

    @Override
    public Region open(RegionSpec spec) throws IOException {
      return regions.open(spec);
    }

    @Override
    public List<KeptCache> kept(RepositoryId repository) throws IOException {
      check();
      return kept;
    }

    @Override
    public void clear(String cache, RepositoryId repository) throws IOException {
      check();
      cleared.add(cache + " of " + repository);
    }

    @Override
    public List<KeptCache> verify(RepositoryId repository) throws IOException {
      check();
      return kept;
    }

    private void check() throws IOException {
      if (failure != null) {
        throw failure;
      }
    }
  }

  private Caches process() {
    close();
    caches =
        new Caches(
            new Kernel(),
            () -> Metrics.NONE,
            () -> null,
            100,
            Duration.ofSeconds(30),
            new CounterFile(state.resolve("counters"), Clock.systemUTC()),
            line -> {});
    add(new HeapTier(), "heap", 1);
    add(disk, "disk", 2);
    add(git, "git", 3);
    return caches;
  }

  private void add(CacheTier tier, String name, int level) {
    caches.add(TierOffers.of(tier, name, level).offer());
  }

  @AfterEach
  void close() {
    if (caches != null) {
      caches.close();
    }
  }

  private void use(Caches used) throws Exception {
    var cache =
        used.cache(
            CacheSpec.builder("pages", Codec.utf8(), Codec.utf8()).repository(REPOSITORY).build());
    cache.get("a", key -> "value");
    cache.get("a", key -> "value");
    used.drain();
  }

  private CacheStats row(String cache, String tier) {
    return caches.history(REPOSITORY).stream()
        .filter(stats -> stats.cache().equals(cache) && stats.tier().equals(tier))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void countersOfEarlierProcessesAreTold() throws Exception {
    use(process());
    use(process());
    process();
    assertThat(row("pages", "heap"))
        .satisfies(
            heap -> {
              assertThat(heap.hits()).isEqualTo(2);
              assertThat(heap.misses()).isEqualTo(2);
              assertThat(heap.entries()).as("memory is not handed on").isZero();
            });
    assertThat(row("pages", "loader").hits()).isOne();
    assertThat(row("pages", "disk").hits()).as("read by the second process").isOne();
    use(caches);
    assertThat(row("pages", "heap").hits()).isEqualTo(3);
    assertThat(row("pages", "heap").entries()).isOne();
  }

  @Test
  void whatATierKeepsIsToldThoughNobodyHasOpenedIt() throws Exception {
    process();
    disk.kept.add(new KeptCache("pages", 7, 700, 0));
    git.kept.add(new KeptCache("objects", 8, 800, 0));
    assertThat(row("pages", "disk").entries()).isEqualTo(7);
    assertThat(row("objects", "git").bytes()).isEqualTo(800);
    assertThat(caches.history(null)).noneMatch(stats -> stats.tier().equals("git"));
    use(caches);
    assertThat(row("pages", "disk").entries()).isEqualTo(7);
    assertThat(row("pages", "git").entries()).as("it keeps none of these").isZero();
  }

  @Test
  void tierThatIsBusyIsNotKnown() throws Exception {
    use(process());
    process();
    disk.failure = new TierBusyException("in use");
    assertThat(row("pages", "disk").entries()).isEqualTo(-1);
    assertThat(row("pages", "git").entries()).isZero();
  }

  @Test
  void everyTierIsEmptiedAndTheFirstThatCannotIsTold() {
    process();
    disk.failure = new TierBusyException("in use");
    assertThatThrownBy(() -> caches.clear("pages", REPOSITORY))
        .isInstanceOfSatisfying(
            GitVanException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Codes.LOCK_HELD);
              assertThat(e.problem().place()).isEqualTo("cache disk");
            });
    assertThat(git.cleared).containsExactly("pages of /r/.git");
    disk.failure = null;
    caches.clear(null, null);
    assertThat(disk.cleared).containsExactly("null of null");
  }

  @Test
  void damageIsTold() {
    process();
    disk.kept.add(new KeptCache("pages", 7, 700, 2));
    git.failure = new IOException("broken");
    assertThat(caches.verify(REPOSITORY))
        .satisfiesExactly(
            check -> {
              assertThat(check.cache()).isEqualTo("pages");
              assertThat(check.tier()).isEqualTo("disk");
              assertThat(check.corrupt()).isEqualTo(2);
              assertThat(check.problem()).isNull();
            },
            check -> {
              assertThat(check.tier()).isEqualTo("git");
              assertThat(check.problem().code()).isEqualTo(Codes.IO_ERROR);
            });
  }
}
