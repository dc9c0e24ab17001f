package dev.gitvan.git;

import dev.gitvan.repository.WorktreeId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An open repository, seen from one worktree. Every method reads the repository as it is at that
 * moment. Safe for any thread.
 *
 * <p>A revision is anything that {@code git rev-parse} takes: an object id or its beginning, a ref,
 * {@code HEAD~2}. It never begins with {@code -}.
 */
@ProviderType
public interface GitRepository extends AutoCloseable {
  WorktreeId worktree();

  /** Object id of HEAD's commit; empty when there is no commit yet. */
  Optional<String> head();

  /** Full ref name of the branch that is checked out, born or not; empty when HEAD is detached. */
  Optional<String> branch();

  /**
   * The tag nearest to HEAD, as {@code git describe --tags --abbrev=0} finds it, without {@code
   * refs/tags/}.
   */
  Optional<String> nearestTag();

  /** What is going on: a merge, rebase, cherry-pick, revert or bisect; or nothing. */
  State state();

  /**
   * Index and worktree against HEAD.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_BARE}
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
   * The history, newest first, read as it is asked for; close it.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_NOT_FOUND}, {@code
   *     OBJECT_AMBIGUOUS}
   */
  History history(HistoryQuery query);

  /**
   * The object that a revision names.
   *
   * @return its full id
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_NOT_FOUND}, {@code
   *     OBJECT_AMBIGUOUS}, {@code ARG_LOOKS_LIKE_OPTION}
   */
  String resolve(String revision);

  /**
   * An object's content.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_NOT_FOUND}
   */
  byte[] read(String objectId);

  /** The note on an object in a notes ref, as UTF-8; empty when there is none. */
  Optional<String> note(String notesRef, String objectId);

  /** The refs below a prefix such as {@code refs/heads/}, by name. */
  List<Ref> refs(String prefix);

  /** Paths that the repository ignores, of those given. */
  Set<String> ignored(Set<String> paths);

  /** Commits and how they hang together. */
  CommitGraph commits();

  /** Branches, local and of remotes. */
  Branches branches();

  /** Tags. */
  Tags tags();

  /** Refs and their logs. */
  Refs refs();

  /** Notes on objects. */
  Notes notes();

  /** Differences, with renames and as patches. */
  Diff diff();

  /** The repository's worktrees. */
  Worktrees worktrees();

  /** The remotes that are configured. */
  Remotes remotes();

  /** What was put away with {@code git stash}. */
  Stashes stashes();

  /** Objects as they are. */
  Plumbing plumbing();

  @Override
  void close();

  /** A ref and the object that it names, symbolic refs followed. */
  record Ref(String name, String objectId) {}

  /** A path that differs. */
  record ChangedPath(Change change, String path) {}

  /** How a path differs. */
  enum Change {
    ADDED,
    MODIFIED,
    DELETED
  }

  /** What a repository is in the middle of. */
  enum State {
    NORMAL,
    MERGING,
    REBASING,
    CHERRY_PICKING,
    REVERTING,
    BISECTING
  }
}
