package dev.gitvan.git.jgit.internal.settings;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.worktree.VerifiedFiles;
import dev.gitvan.repository.GitVariable;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A repository that JGit has open, shared by all who use the same worktree. Safe for any thread.
 */
public final class Opened {
  private final WorktreeId worktree;
  private final ReplacingRepository repository;
  private final UserSettings user;
  private final Consumer<WorktreeId> check;
  private final Debug debug;
  private final Executor background;
  private final Function<Path, Optional<Opened>> nested;
  private final VerifiedFiles verified = new VerifiedFiles();
  private volatile Settings settings;

  /**
   * @param check run again whenever the configuration has changed
   * @param background runs what need not be waited for
   * @param nested opens the repository of a submodule's folder
   */
  Opened(
      WorktreeId worktree,
      ReplacingRepository repository,
      UserSettings user,
      Consumer<WorktreeId> check,
      Debug debug,
      Executor background,
      Function<Path, Optional<Opened>> nested) {
    this.worktree = worktree;
    this.repository = repository;
    this.user = user;
    this.check = check;
    this.debug = debug;
    this.background = background;
    this.nested = nested;
  }

  public WorktreeId worktree() {
    return worktree;
  }

  /** Who wants to know what is done with it. */
  public Debug debug() {
    return debug;
  }

  /** Runs what need not be waited for at once; when it is busy, the caller does. */
  public Executor background() {
    return background;
  }

  /**
   * Opens the repository that is checked out in a folder of this one. Close its {@link
   * #repository}.
   *
   * @return empty if none is checked out there
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_*}
   */
  public Optional<Opened> nested(Path folder) {
    return nested.apply(folder);
  }

  /** Files that are known to be as the index says. */
  public VerifiedFiles verified() {
    return verified;
  }

  /**
   * Refuses to change an index that is only a caller's.
   *
   * @throws GitVanException {@code REPO_UNSUPPORTED}
   */
  public void requireOwnIndex() {
    if (!worktree.hasOwnIndex()) {
      throw GitVanException.of(
          Codes.REPO_UNSUPPORTED,
          GitVariable.GIT_INDEX_FILE + "=" + worktree.index(),
          "GitVan changes only the worktree's own index",
          "Run it when `git commit` has ended, or unset the variable.");
    }
  }

  /** JGit's view of it. */
  public ReplacingRepository repository() {
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
