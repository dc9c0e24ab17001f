package dev.gitvan.cache.git.internal;

import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.cache.spi.GitVanCacheTier;
import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import dev.gitvan.git.GitObjects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The third tier: values as blobs of the repository, under {@code refs/gitvan/cache/NAME}. Survives
 * a killed process; can be pushed and fetched.
 */
@Component
@GitVanCacheTier(tier = "git", level = 3)
@Designate(ocd = GitTier.Config.class)
public final class GitTier implements CacheTier {
  /** Framework property: what belongs to the user and must survive. */
  static final String HOME = "gitvan.home.state";

  private final GitObjects git;
  private final Secret secret;
  private final GitRegion.Limits limits;
  private final long delayMillis;
  private final LongSupplier millis;
  private final ScheduledThreadPoolExecutor later;

  /** Bounds of each cache. */
  @ObjectClassDefinition(name = "GitVan cache in Git")
  public @interface Config {
    /** Entries of one cache; the oldest go. */
    int maxEntries() default 10_000;

    /** Bytes of all values of one cache. */
    long maxBytes() default 64L << 20;

    /** Writes that are gathered before they are written together. */
    int gatherEntries() default 256;

    /** Bytes that are gathered. */
    long gatherBytes() default 4L << 20;

    /** How long they are gathered. */
    long gatherMillis() default 1000;
  }

  @Activate
  public GitTier(@Reference GitObjects git, BundleContext context, Config config) {
    this(
        git,
        Path.of(context.getProperty(HOME)).resolve("cache-key"),
        new GitRegion.Limits(
            config.maxEntries(), config.maxBytes(), config.gatherEntries(), config.gatherBytes()),
        config.gatherMillis(),
        System::currentTimeMillis);
  }

  GitTier(
      GitObjects git, Path key, GitRegion.Limits limits, long delayMillis, LongSupplier millis) {
    this.git = git;
    this.secret = new Secret(key);
    this.limits = limits;
    this.delayMillis = delayMillis;
    this.millis = millis;
    this.later =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              var thread = new Thread(task, "gitvan-cache-git");
              thread.setDaemon(true);
              thread.setContextClassLoader(null);
              return thread;
            });
    later.setKeepAliveTime(5, TimeUnit.SECONDS);
    later.allowCoreThreadTimeOut(true);
    later.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Holds no cache that belongs to everybody: there is no repository for it. */
  @Override
  public Region open(RegionSpec spec) {
    if (spec.repository() == null) {
      return null;
    }
    var tree = new CacheTree(git, spec.repository(), spec.cache(), spec.schema(), secret);
    var asked = new AtomicBoolean();
    var region = new GitRegion[1];
    region[0] =
        new GitRegion(
            tree,
            limits,
            spec.ttl().toMillis(),
            millis,
            () -> {
              if (asked.compareAndSet(false, true)) {
                soon(region[0], asked);
              }
            });
    return region[0];
  }

  private void soon(GitRegion region, AtomicBoolean asked) {
    try {
      later.schedule(
          () -> {
            asked.set(false);
            try {
              region.flush();
            } catch (IOException | RuntimeException e) {
              // They stay gathered, and go with the next ones.
            }
          },
          delayMillis,
          TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.RejectedExecutionException e) {
      // The tier goes: closing the region writes them.
    }
  }

  @Deactivate
  public void close() {
    later.shutdownNow();
  }
}
