package dev.gitvan.cache.git.internal;

import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.cache.spi.GitVanCacheTier;
import dev.gitvan.cache.spi.KeptCache;
import dev.gitvan.cache.spi.PersistentTier;
import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import dev.gitvan.git.GitObjects;
import dev.gitvan.home.GitVanHome;
import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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
@Component(service = CacheTier.class)
@GitVanCacheTier(tier = "git", level = 3, expires = true, bounded = true, interruptible = true)
@Designate(ocd = GitTier.Config.class)
public final class GitTier implements PersistentTier {
  private final GitObjects git;
  private final Secret secret;
  private final GitRegion.Limits limits;
  private final long delayMillis;
  private final LongSupplier millis;
  private final ScheduledThreadPoolExecutor later;
  private final Set<GitRegion> open = ConcurrentHashMap.newKeySet();

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
        GitVanHome.of(context::getProperty).state().resolve("cache-key"),
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
    var region = region(spec.repository(), spec.cache(), spec.schema(), spec.ttl().toMillis());
    open.add(region);
    return region;
  }

  private GitRegion region(RepositoryId repository, String cache, int schema, long ttlMillis) {
    return new GitRegion(
        new CacheTree(git, repository, cache, schema, secret), limits, ttlMillis, millis, this);
  }

  /** Writes what a region has gathered, soon. */
  void soon(GitRegion region) {
    try {
      later.schedule(
          () -> {
            try {
              region.flushAsAsked();
            } catch (IOException | RuntimeException e) {
              // They stay gathered, and go with the next ones.
            }
          },
          delayMillis,
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The tier goes: closing the region writes them.
    }
  }

  /** A region is not used any more. */
  void closed(GitRegion region) {
    open.remove(region);
  }

  @Override
  public List<KeptCache> kept(RepositoryId repository) throws IOException {
    return repository == null ? List.of() : ofRepository(repository).list();
  }

  @Override
  public void clear(String cache, RepositoryId repository) throws IOException {
    if (repository != null) {
      ofRepository(repository).clear(cache);
    }
  }

  @Override
  public List<KeptCache> verify(RepositoryId repository) throws IOException {
    return repository == null ? List.of() : ofRepository(repository).verify();
  }

  private KeptInGit ofRepository(RepositoryId repository) throws IOException {
    for (var region : open) {
      if (region.isOf(repository)) {
        region.flush();
      }
    }
    return new KeptInGit(git, repository, (cache, schema) -> region(repository, cache, schema, 0));
  }

  @Deactivate
  public void close() {
    later.shutdownNow();
  }
}
