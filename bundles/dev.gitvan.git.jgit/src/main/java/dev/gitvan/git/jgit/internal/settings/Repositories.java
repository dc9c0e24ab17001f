package dev.gitvan.git.jgit.internal.settings;

import dev.gitvan.diagnostics.DebugLines;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The repositories that are open in this process, at most {@value #MAX_OPEN} beside those in use,
 * and JGit's settings for the whole process. Safe for any thread.
 */
@Component(service = Repositories.class)
public final class Repositories {
  private static final int MAX_OPEN = 32;

  /** Of the daemon's 256 MiB; JGit's own defaults, 10 MiB and 50 MiB, are for larger heaps. */
  private static final long PACK_CACHE = 12L << 20;

  private static final int DELTA_CACHE = 6 << 20;
  private static final int STREAM_THRESHOLD = 4 << 20;

  /** Receives which refs move, what is waited for and which objects are read. */
  @Reference(
      target = "(" + DebugLines.PART + "=git)",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  volatile List<DebugLines> debugging = List.of();

  private final Debug debug = new Debug(() -> debugging);
  private final UserSettings user;
  private final Discovery discovery;
  private final JGitSystem system;
  private final FS fs;
  private final Map<WorktreeId, Opened> open = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<RepositoryId, ReentrantLock> turns = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor background;

  /**
   * All callers share the repositories, so Git's configuration and its environment are those of the
   * user who runs this process.
   */
  @Activate
  public Repositories() {
    this(System.getenv());
  }

  /**
   * @param environment of the user whose configuration counts
   */
  public Repositories(Map<String, String> environment) {
    this.user = new UserSettings(environment);
    var me = Ownership.processUser();
    this.discovery = new Discovery(user, new Ownership(user, () -> me));
    this.system = JGitSystem.install(user);
    this.fs = GuardedFs.create();
    this.background =
        new ThreadPoolExecutor(
            0,
            Runtime.getRuntime().availableProcessors(),
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Repositories::thread,
            // Also when it has been shut down: somebody may wait for what it was given.
            (work, pool) -> work.run());
    var windows = new WindowCacheConfig();
    windows.setPackedGitLimit(PACK_CACHE);
    windows.setDeltaBaseCacheLimit(DELTA_CACHE);
    windows.setStreamFileThreshold(STREAM_THRESHOLD);
    windows.setExposeStatsViaJmx(false);
    windows.install();
  }

  private static Thread thread(Runnable work) {
    var thread = new Thread(work, "gitvan-git-objects");
    thread.setDaemon(true);
    return thread;
  }

  /** Closes everything, so that nothing of this bundle stays behind in JGit. */
  @Deactivate
  public void close() {
    synchronized (open) {
      open.values().forEach(opened -> opened.repository().close());
      open.clear();
    }
    background.shutdown();
    RepositoryCache.clear();
    var windows = new WindowCacheConfig();
    windows.setExposeStatsViaJmx(false);
    windows.install();
    system.uninstall();
  }

  /** How many are kept open, in use or not. */
  int count() {
    synchronized (open) {
      return open.size();
    }
  }

  /** Who wants to know what is done with repositories. */
  public Debug debug() {
    return debug;
  }

  /** The user's configuration and environment. */
  public UserSettings user() {
    return user;
  }

  /**
   * See {@code Git.discover}.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_*}
   */
  public WorktreeId discover(Path directory) {
    return discovery.discover(directory);
  }

  /**
   * See {@code Git.discover}.
   *
   * @param environment of the caller
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_*}
   */
  public WorktreeId discover(Path directory, Map<String, String> environment) {
    return discovery.discover(directory, environment);
  }

  /**
   * Opens a worktree's repository, or shares it. Call {@link Repository#close} on what {@link
   * Opened#repository} returns, once.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_*}, {@code CONFIG_PARSE}
   */
  public Opened open(WorktreeId worktree) {
    synchronized (open) {
      var known = open.get(worktree);
      if (known != null) {
        if (known.worktree().gitDir().resolve("HEAD").toFile().exists()) {
          known.repository().incrementOpen();
          return known;
        }
        open.remove(worktree).repository().close();
      }
    }
    discovery.check(worktree);
    var opened =
        new Opened(
            worktree, build(worktree), user, discovery::check, debug, background, this::nested);
    synchronized (open) {
      opened.repository().incrementOpen();
      var other = open.put(worktree, opened);
      if (other != null) {
        other.repository().close();
      }
      var oldest = open.entrySet().iterator();
      while (open.size() > MAX_OPEN) {
        oldest.next().getValue().repository().close();
        oldest.remove();
      }
    }
    return opened;
  }

  private Optional<Opened> nested(Path folder) {
    return discovery.at(folder).map(this::open);
  }

  /**
   * The turn to write to a repository: a thread that moves its refs holds this lock, so that no
   * thread of this process meets another one's lock files. Fair.
   */
  public ReentrantLock turn(RepositoryId repository) {
    return turns.computeIfAbsent(repository, id -> new ReentrantLock(true));
  }

  private ReplacingRepository build(WorktreeId worktree) {
    try {
      var builder =
          new RepositoryBuilder()
              .setFS(fs)
              .setGitDir(worktree.gitDir().toFile())
              .setGitCommonDir(worktree.repository().commonDir().toFile());
      if (worktree.isBare()) {
        builder.setBare();
      } else {
        builder.setWorkTree(worktree.workTree().toFile()).setIndexFile(worktree.index().toFile());
      }
      return new ReplacingRepository(
          builder.setup(), !user.environment().containsKey("GIT_NO_REPLACE_OBJECTS"));
    } catch (IOException e) {
      throw FileProblem.of(e, worktree.gitDir()).toException(e);
    }
  }
}
