package dev.gitvan.cache.ehcache.internal;

import dev.gitvan.cache.CacheSettings;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.cache.spi.GitVanCacheTier;
import dev.gitvan.cache.spi.KeptCache;
import dev.gitvan.cache.spi.PersistentTier;
import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import dev.gitvan.config.Configurations;
import dev.gitvan.home.GitVanHome;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The second tier: bytes on disk, below the user's cache directory, shared by all repositories. One
 * process uses it at a time; others do without until it is free. It is there again after a clean
 * stop, and empty after any other.
 */
@Component(service = CacheTier.class)
@GitVanCacheTier(tier = "disk", level = 2, expires = true, bounded = true, interruptible = true)
@Designate(ocd = EhcacheTier.Config.class)
public final class EhcacheTier implements PersistentTier {
  private static final long DEFAULT_SIZE = 256L << 20;

  /** Ehcache divides its file into powers of two; below this there is room for nothing. */
  private static final long SMALLEST = 4L << 20;

  private static final long LARGEST = 64L << 30;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Configurations configurations;

  private final Path root;
  private final StoreSettings settings;
  private final DiskStore store;
  private volatile RepositoryId first;

  /** When and how large. */
  @ObjectClassDefinition(name = "GitVan cache on disk")
  public @interface Config {
    /** Bytes; 0: what {@code cache.disk.size} says in the repository that opens it. */
    long sizeBytes() default 0;

    /** Reads and writes after which the store is opened. */
    int openAfterRequests() default 32;

    /** Milliseconds after the first of them from which the next one opens it. */
    long openAfterMillis() default 1000;

    /** Milliseconds until it is tried again after it could not be opened. */
    long retryAfterMillis() default 2000;
  }

  @Activate
  public EhcacheTier(BundleContext context, Config config) {
    this.root = GitVanHome.of(context::getProperty).cache().resolve("disk");
    this.settings =
        new StoreSettings(
            () -> config.sizeBytes() > 0 ? config.sizeBytes() : configuredSize(),
            config.openAfterRequests(),
            Duration.ofMillis(config.openAfterMillis()),
            Duration.ofMillis(config.retryAfterMillis()),
            () -> usable(root),
            System::currentTimeMillis,
            EhcacheTier::inBackground);
    this.store = new DiskStore(new StoreDirectory(root), settings);
  }

  /** For tests. */
  EhcacheTier(Path root, StoreSettings settings) {
    this.root = root;
    this.settings = settings;
    this.store = new DiskStore(new StoreDirectory(root), settings);
  }

  /** For tests. */
  DiskStore store() {
    return store;
  }

  @Override
  public Region open(RegionSpec spec) throws IOException {
    if (first == null && spec.repository() != null) {
      first = spec.repository();
    }
    return new DiskRegion(
        store, RegionId.of(spec), spec.cache(), spec.ttl().toMillis(), settings.millis());
  }

  @Override
  public List<KeptCache> kept(RepositoryId repository) throws IOException {
    return store.kept();
  }

  @Override
  public void clear(String cache, RepositoryId repository) throws IOException {
    store.clear(cache);
  }

  @Override
  public List<KeptCache> verify(RepositoryId repository) throws IOException {
    return store.verify();
  }

  @Deactivate
  public void close() {
    store.close();
  }

  private long configuredSize() {
    var present = configurations;
    long asked = DEFAULT_SIZE;
    if (present != null) {
      try {
        var read = first == null ? present.defaults() : present.load(worktree(first));
        asked = CacheSettings.of(read).diskSize();
      } catch (RuntimeException e) {
        // A mistake in a configuration is reported where configurations are read, not here.
      }
    }
    return Math.max(SMALLEST, Math.min(Math.min(LARGEST, usable(root) / 2), asked));
  }

  /** The main worktree: a repository's caches have one size, whichever worktree they serve. */
  private static WorktreeId worktree(RepositoryId repository) {
    var directory = repository.commonDir();
    boolean inWorktree = directory.endsWith(".git");
    return new WorktreeId(directory, repository, inWorktree ? directory.getParent() : null);
  }

  private static long usable(Path root) {
    try {
      var present = root;
      while (!Files.exists(present)) {
        present = present.getParent();
      }
      return Files.getFileStore(present).getUsableSpace();
    } catch (IOException e) {
      return 0;
    }
  }

  private static void inBackground(Runnable task) {
    var thread = new Thread(task, "gitvan-cache-disk-open");
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
  }
}
