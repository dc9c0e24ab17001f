package dev.gitvan.itests;

import static org.junit.Assert.assertEquals;

import dev.gitvan.cache.Cache;
import dev.gitvan.cache.CacheRegistry;
import dev.gitvan.cache.CacheSpec;
import dev.gitvan.cache.CacheStats;
import dev.gitvan.cache.Codec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** The cache registry over the three tiers of the distribution. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class CachesIT {
  @Inject private BundleContext context;

  @Configuration
  public Option[] configuration() throws Exception {
    return WithRepository.options();
  }

  /** The first reads wake the store on disk; Ehcache itself is not a started bundle. */
  @Test
  public void aValueReachesEveryTier() throws Exception {
    var framework = new Framework(context);
    framework.assertWell();
    Cache<String, String> cache = cache(framework, "itests-tiers");
    cache.put("key", "value");
    framework.await(
        "the disk has it",
        () -> {
          cache.peek("absent");
          return entries(framework, "itests-tiers", "disk") == 1;
        });
    framework.await("Git has it", () -> entries(framework, "itests-tiers", "git") == 1);
    assertEquals(1, entries(framework, "itests-tiers", "heap"));
    assertEquals(Optional.of("value"), cache.peek("key"));
    framework.await(
        "git reads it",
        () -> git(framework, "ls-tree", "-r", "refs/gitvan/cache/itests-tiers").contains("blob"));
  }

  /**
   * Each tier's bundle is stopped and started while values are asked for: every caller gets the
   * right one, and the tier is used again when it is back.
   *
   * <p>Aimed at failures of a tier that reach its callers. Not yet tried on such a build.
   */
  @Test
  public void stoppedTierFailsNobodyAndIsUsedAgain() throws Exception {
    var framework = new Framework(context);
    framework.assertWell();
    for (var tier : List.of("ehcache", "git", "heap")) {
      var cache = cache(framework, "itests-swap-" + tier);
      var load = new Load(cache);
      load.start();
      var bundle = framework.bundle("dev.gitvan.cache." + tier);
      for (int i = 0; i < 3; i++) {
        load.awaitMore(framework, 1000);
        bundle.stop();
        load.awaitMore(framework, 1000);
        bundle.start();
      }
      var name = "ehcache".equals(tier) ? "disk" : tier;
      framework.await(
          tier + " is used again", () -> entries(framework, "itests-swap-" + tier, name) > 0);
      load.stop();
      assertEquals(tier, List.of(), load.failures);
    }
    framework.assertWell();
  }

  /** A render in a loop, as a job does it, with the tier on disk coming and going. */
  @Test
  public void aThousandRendersWithoutTheDiskTier() throws Exception {
    var framework = new Framework(context);
    framework.assertWell();
    var bundle = framework.bundle("dev.gitvan.cache.ehcache");
    var failed = new ArrayList<String>();
    for (int i = 0; i < 1000; i++) {
      if (i == 300 || i == 700) {
        bundle.stop();
      } else if (i == 500 || i == 800) {
        bundle.start();
      }
      var outcome = framework.command("-q", "template", "render", "n.peb", "-d", "n=" + i);
      if (outcome.status() != 0 || !outcome.out().contains("number " + i)) {
        failed.add(i + ": " + outcome);
      }
    }
    assertEquals(List.of(), failed);
    framework.assertWell();
  }

  /** Threads that want values of a few thousand keys, all the time. */
  private static final class Load {
    final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicLong done = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    Load(Cache<String, String> cache) {
      for (int t = 0; t < 2; t++) {
        int start = t;
        threads.add(
            new Thread(
                () -> {
                  for (int i = start; !over; i += 2) {
                    ask(cache, "key " + i % 3000);
                  }
                },
                "load " + t));
      }
    }

    private void ask(Cache<String, String> cache, String key) {
      try {
        var value = cache.get(key, k -> "value of " + k);
        if (!value.equals("value of " + key)) {
          failures.add(key + ": " + value);
        }
        done.incrementAndGet();
      } catch (Exception | LinkageError e) {
        failures.add(key + ": " + e);
        over = true;
      }
    }

    void start() {
      threads.forEach(Thread::start);
    }

    void awaitMore(Framework framework, long count) {
      long until = done.get() + count;
      framework.await("more calls", () -> done.get() >= until || over);
    }

    void stop() throws InterruptedException {
      over = true;
      for (var thread : threads) {
        thread.join();
      }
    }
  }

  private static Cache<String, String> cache(Framework framework, String name) {
    return framework
        .service(CacheRegistry.class)
        .cache(
            CacheSpec.builder(name, Codec.utf8(), Codec.utf8())
                .repository(framework.worktree().repository())
                .ttl(Duration.ofHours(1))
                .maxEntries(1000)
                .build());
  }

  private static long entries(Framework framework, String cache, String tier) {
    return framework.service(CacheRegistry.class).stats().stream()
        .filter(stats -> stats.cache().equals(cache) && stats.tier().equals(tier))
        .mapToLong(CacheStats::entries)
        .findFirst()
        .orElse(-1);
  }

  private static String git(Framework framework, String... arguments) {
    try {
      var command = new ArrayList<>(List.of("git"));
      command.addAll(List.of(arguments));
      var process =
          new ProcessBuilder(command)
              .directory(framework.repository().toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
