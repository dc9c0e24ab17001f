package dev.gitvan.itests;

import static org.junit.Assert.assertEquals;

import dev.gitvan.cache.Cache;
import dev.gitvan.cache.CacheRegistry;
import dev.gitvan.cache.CacheSpec;
import dev.gitvan.cache.CacheStats;
import dev.gitvan.cache.Codec;
import java.time.Duration;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * A cache tier that is updated, and uninstalled, while it is full: nothing keeps its classes,
 * callers are served without it, and with it again when it is back.
 *
 * <p>Shown to fail while the records that are compared, {@code RegionId} on disk and {@code Entry}
 * in Git, had the {@code equals} of every record, and when the heap's clock does not end with its
 * tier.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class TierUnloadingIT {
  private static final int KEYS = 3000;

  @Inject private BundleContext context;

  @Configuration
  public Option[] configuration() throws Exception {
    return WithRepository.options();
  }

  @Test
  public void heap() throws Exception {
    comesAndGoes("heap", "heap");
  }

  @Test
  public void disk() throws Exception {
    comesAndGoes("ehcache", "disk");
  }

  @Test
  public void git() throws Exception {
    comesAndGoes("git", "git");
  }

  private void comesAndGoes(String bundle, String tier) throws Exception {
    var framework = new Framework(context);
    framework.assertWell();
    var name = "dev.gitvan.cache." + bundle;
    for (int i = 0; i < 3; i++) {
      useAndStop(framework, name, tier).assertCollected(context);
      isUsed(framework, tier);
      useAndUpdate(framework, name, tier).assertCollected(context);
      isUsed(framework, tier);
      var location = framework.bundle(name).getLocation();
      useAndUninstall(framework, name, tier).assertCollected(context);
      ask(cache(framework, tier));
      assertEquals("the tier is gone", -1, entries(framework, tier));
      context.installBundle(location).start();
      isUsed(framework, tier);
    }
    framework.assertWell();
  }

  /** In methods of their own, so that no local variable of the test keeps anything. */
  private Unloading useAndStop(Framework framework, String name, String tier) throws Exception {
    var bundle = used(framework, name, tier);
    var unloading = new Unloading(bundle);
    bundle.stop();
    framework.refresh(bundle);
    bundle.start();
    return unloading;
  }

  private Unloading useAndUpdate(Framework framework, String name, String tier) throws Exception {
    var bundle = used(framework, name, tier);
    var unloading = new Unloading(bundle);
    bundle.update();
    framework.refresh(bundle);
    return unloading;
  }

  private Unloading useAndUninstall(Framework framework, String name, String tier)
      throws Exception {
    var bundle = used(framework, name, tier);
    var unloading = new Unloading(bundle);
    framework.uninstall(bundle);
    return unloading;
  }

  private static Bundle used(Framework framework, String name, String tier) throws Exception {
    isUsed(framework, tier);
    return framework.bundle(name);
  }

  /** Asks for values until the tier has some. */
  private static void isUsed(Framework framework, String tier) throws Exception {
    var cache = cache(framework, tier);
    ask(cache);
    framework.await(
        tier + " is used",
        () -> {
          cache.put("another", "value");
          return entries(framework, tier) > 0;
        });
  }

  private static void ask(Cache<String, String> cache) throws Exception {
    for (int i = 0; i < KEYS; i++) {
      assertEquals("value of " + i, cache.get("key " + i, key -> "value of " + key.substring(4)));
    }
  }

  private static Cache<String, String> cache(Framework framework, String tier) {
    return framework
        .service(CacheRegistry.class)
        .cache(
            CacheSpec.builder("itests-unloading-" + tier, Codec.utf8(), Codec.utf8())
                .repository(framework.worktree().repository())
                .ttl(Duration.ofHours(1))
                .maxEntries(KEYS / 2)
                .weigher(String::length, 1 << 20)
                .build());
  }

  /** What the tier holds of the cache; -1 when it has no part in it. */
  private static long entries(Framework framework, String tier) {
    return framework.service(CacheRegistry.class).stats().stream()
        .filter(stats -> stats.cache().equals("itests-unloading-" + tier))
        .filter(stats -> stats.tier().equals(tier))
        .mapToLong(CacheStats::entries)
        .findFirst()
        .orElse(-1);
  }
}
