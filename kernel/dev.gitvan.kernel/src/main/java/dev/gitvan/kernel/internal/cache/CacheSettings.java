package dev.gitvan.kernel.internal.cache;

import dev.gitvan.config.Configuration;
import dev.gitvan.config.Configurations;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What the configuration says of caches. Never fails: where a configuration cannot be read, what
 * was known before goes on. Safe for any thread.
 */
final class CacheSettings {
  /** As long as nobody reads configurations. */
  static final Configuration.Cache DEFAULTS =
      new Configuration.Cache(1000, Duration.ofMinutes(5), 256L << 20, Duration.ofHours(24), true);

  private final Supplier<Configurations> configurations;

  /** Reading a configuration may itself open a cache, whose bounds are then the defaults. */
  private final Set<Thread> reading = ConcurrentHashMap.newKeySet();

  /**
   * @param configurations supplies null while there are none
   */
  CacheSettings(Supplier<Configurations> configurations) {
    this.configurations = configurations;
  }

  /**
   * The settings of a repository's main worktree: a repository's caches have one size, whichever
   * worktree they serve.
   *
   * @param repository null: nobody's, which has the defaults
   * @param before what is known; returned when nothing can be read now
   */
  Configuration.Cache read(RepositoryId repository, Configuration.Cache before) {
    var present = configurations.get();
    if (present == null || !reading.add(Thread.currentThread())) {
      return before;
    }
    try {
      var read = repository == null ? present.defaults() : present.load(mainWorktree(repository));
      return read.cache();
    } catch (RuntimeException | LinkageError e) {
      // A mistake in a configuration is told where configurations are read, not here.
      return before;
    } finally {
      reading.remove(Thread.currentThread());
    }
  }

  private static WorktreeId mainWorktree(RepositoryId repository) {
    var directory = repository.commonDir();
    boolean inWorktree = directory.endsWith(".git");
    return new WorktreeId(directory, repository, inWorktree ? directory.getParent() : null);
  }
}
