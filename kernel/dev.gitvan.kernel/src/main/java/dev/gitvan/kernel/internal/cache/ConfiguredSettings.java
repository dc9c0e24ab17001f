package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.CacheSettings;
import dev.gitvan.config.Configurations;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Reads the settings of caches. Never fails: where a configuration cannot be read, the settings
 * that were read before stay in force. Safe for any thread.
 */
final class ConfiguredSettings {
  private final Supplier<Configurations> configurations;

  /** Reading a configuration may itself open a cache, whose bounds are then the defaults. */
  private final Set<Thread> reading = ConcurrentHashMap.newKeySet();

  /**
   * @param configurations supplies null while there are none
   */
  ConfiguredSettings(Supplier<Configurations> configurations) {
    this.configurations = configurations;
  }

  /**
   * The settings of a repository's main worktree: a repository's caches have one size, whichever
   * worktree they serve.
   *
   * @param repository null: nobody's, which has the defaults
   * @param before what is known; returned when nothing can be read now
   */
  CacheSettings read(RepositoryId repository, CacheSettings before) {
    var present = configurations.get();
    if (present == null || !reading.add(Thread.currentThread())) {
      return before;
    }
    try {
      var read = repository == null ? present.defaults() : present.load(mainWorktree(repository));
      return CacheSettings.of(read);
    } catch (RuntimeException | LinkageError e) {
      // A mistake in a configuration is reported where configurations are read, not here.
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
