package dev.gitvan.git;

import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Worktrees, with operations that add and remove them. See {@link RunRepository} for the kinds. */
@ProviderType
public interface RunWorktrees extends Worktrees {
  /**
   * Immediate: adds a worktree.
   *
   * @return the id to open it with
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_*}, {@code REF_EXISTS} (the
   *     folder, the new branch, or a branch that is checked out elsewhere), {@code REF_INVALID},
   *     {@code OUTPUT_FORBIDDEN_PATH} inside a Git directory
   */
  WorktreeId add(WorktreeSpec spec);

  /**
   * Immediate: removes a worktree and its files.
   *
   * @param force whether to remove it even if it has changes, which are lost
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_DIRTY}, {@code OBJECT_NOT_FOUND} if
   *     there is no such worktree
   */
  void remove(Path path, boolean force);

  /** Immediate: prunes worktrees whose files are gone. */
  void prune();

  /**
   * A worktree to add.
   *
   * @param path folder of its files, which must not exist or be empty; relative to this worktree
   * @param revision revision to check out; null: HEAD
   * @param newBranch branch to create; null: the branch that the revision names, else HEAD is
   *     detached
   */
  record WorktreeSpec(Path path, String revision, String newBranch) {
    /** A worktree for an existing branch or a commit. */
    public static WorktreeSpec of(Path path, String revision) {
      return new WorktreeSpec(path, revision, null);
    }
  }
}
