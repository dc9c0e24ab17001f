package dev.gitvan.git.jgit.internal.settings;

import dev.gitvan.repository.WorktreeId;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.Repository;

/**
 * A repository that JGit has open, shared by all who use the same worktree. Safe for any thread.
 */
public final class Opened {
  private final WorktreeId worktree;
  private final Repository repository;
  private final UserSettings user;
  private final Consumer<WorktreeId> check;
  private final Debug debug;
  private volatile Settings settings;

  /**
   * @param check run again whenever the configuration has changed
   */
  Opened(
      WorktreeId worktree,
      Repository repository,
      UserSettings user,
      Consumer<WorktreeId> check,
      Debug debug) {
    this.worktree = worktree;
    this.repository = repository;
    this.user = user;
    this.check = check;
    this.debug = debug;
  }

  public WorktreeId worktree() {
    return worktree;
  }

  /** Who wants to know what is done with it. */
  public Debug debug() {
    return debug;
  }

  /** JGit's view of it. */
  public Repository repository() {
    return repository;
  }

  /** Git's configuration as it is now. */
  public Settings settings() {
    var known = settings;
    if (known == null || !known.isCurrent()) {
      if (known != null) {
        check.accept(worktree);
      }
      known = Settings.read(user, worktree);
      settings = known;
    }
    return known;
  }
}
