package dev.gitvan.git;

import dev.gitvan.repository.WorktreeId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An open repository, seen from one worktree. Every method reads its current state. Safe for any
 * thread.
 *
 * <p>A revision is anything that {@code git rev-parse} accepts: an object id or its prefix, a ref,
 * {@code HEAD~2}. It never begins with {@code -}.
 */
@ProviderType
public interface GitRepository extends AutoCloseable {
  WorktreeId worktree();

  /** Object id of HEAD's commit; empty if there is no commit yet. */
  Optional<String> head();

  /** Full ref name of the checked-out branch, which may be unborn; empty if HEAD is detached. */
  Optional<String> branch();

  /**
   * The tag nearest to HEAD, as {@code git describe --tags --abbrev=0} finds it, without {@code
   * refs/tags/}.
   */
  Optional<String> nearestTag();

  /** The operation in progress: a merge, rebase, cherry-pick, revert or bisect; or none. */
  State state();

  /**
   * Compares HEAD, index and worktree as {@code git status} does, submodules included.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_BARE}; {@code CONFIG_PARSE} for
   *     settings of submodules; {@code REPO_*} if the repository of a submodule cannot be opened
   */
  Status status();

  /**
   * Paths that differ between two revisions, sorted; renames are a deletion and an addition.
   *
   * @param from null: the empty tree
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_NOT_FOUND}, {@code
   *     OBJECT_AMBIGUOUS}
   */
  List<ChangedPath> changedPaths(String from, String to);

  /**
   * Returns the history, newest first, read lazily. Close it.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_NOT_FOUND}, {@code
   *     OBJECT_AMBIGUOUS}
   */
  History history(HistoryQuery query);

  /**
   * Resolves a revision.
   *
   * @return the full id of the object
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_NOT_FOUND}, {@code
   *     OBJECT_AMBIGUOUS}, {@code ARG_LOOKS_LIKE_OPTION}
   */
  String resolve(String revision);

  /**
   * Reads the content of an object.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_NOT_FOUND}
   */
  byte[] read(String objectId);

  /** The note on an object in a notes ref, as UTF-8; empty if there is none. */
  Optional<String> note(String notesRef, String objectId);

  /** The refs below a prefix such as {@code refs/heads/}, by name. */
  List<Ref> refs(String prefix);

  /** Returns those of the given paths that are ignored. */
  Set<String> ignored(Set<String> paths);

  /** Commits and their ancestry. */
  CommitGraph commits();

  /** Local and remote-tracking branches. */
  Branches branches();

  /** Tags. */
  Tags tags();

  /** Refs and their reflogs. */
  Refs refs();

  /** Notes on objects. */
  Notes notes();

  /** Differences, with renames and as patches. */
  Diff diff();

  /** The repository's worktrees. */
  Worktrees worktrees();

  /** The configured remotes. */
  Remotes remotes();

  /** The entries of {@code git stash}. */
  Stashes stashes();

  /** Raw objects. */
  Plumbing plumbing();

  @Override
  void close();

  /** A ref and the object that it points to; symbolic refs are followed. */
  record Ref(String name, String objectId) {}

  /** A path that differs. */
  record ChangedPath(Change change, String path) {}

  /** How a path differs. */
  enum Change {
    ADDED,
    MODIFIED,
    DELETED
  }

  /** An operation in progress. */
  enum State {
    NORMAL,
    MERGING,
    REBASING,
    CHERRY_PICKING,
    REVERTING,
    BISECTING
  }
}
