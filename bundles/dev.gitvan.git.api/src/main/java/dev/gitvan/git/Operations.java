package dev.gitvan.git;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Commits, merges and other operations that change a branch and its files. See {@link
 * RunRepository} for the kinds.
 *
 * <p>All methods need a worktree ({@code REPO_BARE}) without an operation in progress ({@code
 * REPO_IN_PROGRESS}), except {@link #abort} and {@link #git}.
 */
@ProviderType
public interface Operations {
  /**
   * Staged: commits the worktree content of some paths, like {@link
   * dev.gitvan.job.spi.RunTransaction#commit}.
   *
   * @return the commit's id; empty if the paths have no changes, and in a dry run
   * @throws dev.gitvan.diagnostics.GitVanException {@code HEAD_DETACHED}, {@code IDENTITY_MISSING},
   *     {@code SIGNING_FAILED}, {@code FILTER_UNSUPPORTED}
   */
  Optional<String> commit(String message, List<String> paths);

  /**
   * Staged: commits the change of another commit, with its author, on the run's last commit, else
   * HEAD. The files are written at once, like the output of a step, and are artifacts. Changed
   * files, and untracked files at the same paths, stop it. Requires Git 2.38.
   *
   * @return the commit's id; empty if its change has already been applied, and in a dry run
   * @throws dev.gitvan.diagnostics.GitVanException {@code MERGE_CONFLICT} (nothing was changed),
   *     {@code REPO_DIRTY}, {@code OBJECT_*}, {@code FILTER_UNSUPPORTED}; as {@link #commit}
   */
  Optional<String> cherryPick(PickSpec spec);

  /**
   * Staged: commits the reverse of another commit. Like {@link #cherryPick}, but with the author
   * from Git's configuration.
   */
  Optional<String> revert(PickSpec spec);

  /**
   * Immediate: merges into the checked-out branch. Refused once something is staged. The message
   * gets the run's trailers.
   *
   * @return the branch before and after
   * @throws dev.gitvan.diagnostics.GitVanException {@code MERGE_CONFLICT} with the paths, {@code
   *     MERGE_REFUSED}, {@code REPO_DIRTY}, {@code OBJECT_*}, {@code HEAD_DETACHED}, {@code
   *     IDENTITY_MISSING}, {@code SIGNING_FAILED}
   */
  Merged merge(MergeSpec spec);

  /**
   * Immediate: rebases the commits of the branch that are not in the upstream onto the upstream.
   * Refused once something is staged. Uncommitted changes stop it; they are never stashed.
   *
   * @return the branch before and after
   * @throws dev.gitvan.diagnostics.GitVanException as {@link #merge}
   */
  Merged rebase(RebaseSpec spec);

  /**
   * Immediate: moves the checked-out branch, and the index and files according to the mode. Refused
   * once something is staged.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_*}, {@code REPO_DIRTY}
   */
  void reset(ResetMode mode, String revision);

  /**
   * Immediate: restores files of a revision in index and worktree; their changes are lost. Refused
   * once something is staged.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_NOT_FOUND}, also for a path
   */
  void restore(String revision, List<String> paths);

  /**
   * Immediate: aborts the merge, rebase, cherry-pick or revert in progress, and restores the
   * previous state. Does nothing if there is none. Refused once something is staged.
   */
  void abort();

  /**
   * Immediate: any {@code git} command, with all guards. Refused once something is staged.
   *
   * @param arguments the sub-command first; the caller is responsible for their meaning
   * @return its standard output
   * @throws dev.gitvan.diagnostics.GitVanException the code of its message, else {@code
   *     GIT_FAILED}; {@code OUTPUT_LIMIT}
   */
  String git(List<String> arguments);

  /** Whether a merge may be a fast-forward. */
  enum FastForward {
    ALLOWED,
    /** Anything else is {@code MERGE_REFUSED}. */
    ONLY,
    /** Always creates a merge commit. */
    NEVER
  }

  /** The treatment of conflicts. */
  enum OnConflict {
    /** Aborts and restores the previous state. */
    ABORT,
    /** Keeps the conflict in index and files, to be resolved. */
    KEEP
  }

  /** What is reset together with the branch. */
  enum ResetMode {
    /** Nothing. */
    SOFT,
    /** The index. */
    MIXED,
    /** Index and files; refused if changes would be lost. */
    KEEP,
    /** Index and files; changes are lost. */
    HARD
  }

  /**
   * The movement of a branch.
   *
   * @param before its commit before
   * @param after its commit after
   */
  record Merged(String before, String after) {
    /** Whether it has moved. */
    public boolean isChanged() {
      return !before.equals(after);
    }
  }
}
