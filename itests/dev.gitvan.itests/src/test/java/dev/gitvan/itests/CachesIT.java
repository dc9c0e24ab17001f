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

  private static Cache<String, String> cache(Framework framework, String name) {
    return framework
        .service(CacheRegistry.class)
        .cache(
            new CacheSpec<>(
                name,
                1,
                framework.worktree().repository(),
                Codec.utf8(),
                Codec.utf8(),
                Duration.ofHours(1),
                1000,
                null,
                0));
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
