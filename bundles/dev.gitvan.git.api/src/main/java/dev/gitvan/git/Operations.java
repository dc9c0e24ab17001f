package dev.gitvan.git;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Commits, merges and whatever else changes a branch and its files. See {@link RunRepository} for
 * the kinds.
 *
 * <p>All methods need a worktree ({@code REPO_BARE}) in which nothing else is in progress ({@code
 * REPO_IN_PROGRESS}), but {@link #abort} and {@link #git}.
 */
@ProviderType
public interface Operations {
  /**
   * Staged: commits paths as they are in the worktree, as {@link
   * dev.gitvan.job.spi.RunTransaction#commit}.
   *
   * @return the commit's id; empty when the paths hold no change, and in a dry run
   * @throws dev.gitvan.diagnostics.GitVanException {@code HEAD_DETACHED}, {@code IDENTITY_MISSING},
   *     {@code SIGNING_FAILED}, {@code FILTER_UNSUPPORTED}
   */
  Optional<String> commit(String message, List<String> paths);

  /**
   * Staged: a commit with the change of another one, by its author, on the run's last commit, else
   * HEAD. The files are written at once, as a step's output is, and are artifacts; a file that has
   * changes, or that is in the way, stops it. Needs Git 2.38.
   *
   * @return the commit's id; empty when its change is there already, and in a dry run
   * @throws dev.gitvan.diagnostics.GitVanException {@code MERGE_CONFLICT} (nothing has changed),
   *     {@code REPO_DIRTY}, {@code OBJECT_*}, {@code FILTER_UNSUPPORTED}; as {@link #commit}
   */
  Optional<String> cherryPick(PickSpec spec);

  /**
   * Staged: a commit that takes the change of another one back. As {@link #cherryPick}; the author
   * is whom Git's configuration names.
   */
  Optional<String> revert(PickSpec spec);

  /**
   * Immediate: merges into the branch that is checked out. Refused once something is staged. The
   * message gets the run's trailers.
   *
   * @return what it became
   * @throws dev.gitvan.diagnostics.GitVanException {@code MERGE_CONFLICT} with the paths, {@code
   *     MERGE_REFUSED}, {@code REPO_DIRTY}, {@code OBJECT_*}, {@code HEAD_DETACHED}, {@code
   *     IDENTITY_MISSING}, {@code SIGNING_FAILED}
   */
  Merged merge(MergeSpec spec);

  /**
   * Immediate: puts the commits that a branch has, and the upstream has not, on top of the
   * upstream. Refused once something is staged. Uncommitted changes stop it; they are never put
   * away.
   *
   * @return what it became
   * @throws dev.gitvan.diagnostics.GitVanException as {@link #merge}
   */
  Merged rebase(RebaseSpec spec);

  /**
   * Immediate: moves the branch that is checked out, and the index and files as far as the mode
   * says. Refused once something is staged.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_*}, {@code REPO_DIRTY}
   */
  void reset(ResetMode mode, String revision);

  /**
   * Immediate: makes files, in index and worktree, what they are in a revision; changes in them are
   * lost. Refused once something is staged.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_NOT_FOUND}, also for a path
   */
  void restore(String revision, List<String> paths);

  /**
   * Immediate: gives up the merge, rebase, cherry-pick or revert that is in progress, and goes back
   * to what was before. Does nothing when there is none. Refused once something is staged.
   */
  void abort();

  /**
   * Immediate: any {@code git} command, with all guards. Refused once something is staged.
   *
   * @param arguments the sub-command first; Git's meaning of each is the caller's affair
   * @return what it printed to standard output
   * @throws dev.gitvan.diagnostics.GitVanException what its message means, else {@code GIT_FAILED};
   *     {@code OUTPUT_LIMIT}
   */
  String git(List<String> arguments);

  /**
   * A commit to take.
   *
   * @param mainline of a merge: which of its parents it is compared with, from 1; else 0
   * @param origin whether the message tells where it comes from
   */
  record PickSpec(String revision, int mainline, boolean origin) {
    /** A commit that is no merge. */
    public static PickSpec of(String revision) {
      return new PickSpec(revision, 0, false);
    }
  }

  /**
   * What to merge.
   *
   * @param message null: Git's own
   * @param hooks whether the hooks run that are installed in the repository
   */
  record MergeSpec(
      String revision,
      String message,
      FastForward fastForward,
      OnConflict onConflict,
      boolean hooks) {
    /** A merge as {@code git merge} does it; a conflict leaves everything as it was. */
    public static MergeSpec of(String revision) {
      return new MergeSpec(revision, null, FastForward.ALLOWED, OnConflict.ABORT, false);
    }

    /** The same with another rule. */
    public MergeSpec fastForward(FastForward other) {
      return new MergeSpec(revision, message, other, onConflict, hooks);
    }
  }

  /**
   * What to rebase.
   *
   * @param onto where to; null: the upstream
   * @param hooks whether the hooks run that are installed in the repository
   */
  record RebaseSpec(String upstream, String onto, OnConflict onConflict, boolean hooks) {
    /** Onto an upstream; a conflict leaves everything as it was. */
    public static RebaseSpec of(String upstream) {
      return new RebaseSpec(upstream, null, OnConflict.ABORT, false);
    }
  }

  /** Whether a merge may be none. */
  enum FastForward {
    ALLOWED,
    /** Anything else is {@code MERGE_REFUSED}. */
    ONLY,
    /** There is a merge commit in any case. */
    NEVER
  }

  /** What a conflict leaves. */
  enum OnConflict {
    /** Everything as it was. */
    ABORT,
    /** The conflict, in index and files, for somebody to resolve. */
    KEEP
  }

  /** What moves with the branch. */
  enum ResetMode {
    /** Nothing. */
    SOFT,
    /** The index. */
    MIXED,
    /** Index and files; a file with changes that would be lost stops it. */
    KEEP,
    /** Index and files; changes are lost. */
    HARD
  }

  /**
   * What a branch became.
   *
   * @param before the commit that it named
   * @param after the commit that it names
   */
  record Merged(String before, String after) {
    /** Whether it has moved. */
    public boolean isChanged() {
      return !before.equals(after);
    }
  }
}
