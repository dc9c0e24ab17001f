package dev.gitvan.git;

import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Worktrees, and adding and removing them. See {@link RunRepository} for the kinds. */
@ProviderType
public interface RunWorktrees extends Worktrees {
  /**
   * Immediate: adds a worktree.
   *
   * @return its id, by which it can be opened
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_*}, {@code REF_EXISTS} (the
   *     folder, the new branch, or a branch that is checked out elsewhere), {@code REF_INVALID},
   *     {@code OUTPUT_FORBIDDEN_PATH} inside a Git directory
   */
  WorktreeId add(WorktreeSpec spec);

  /**
   * Immediate: removes a worktree and its files.
   *
   * @param force even when it has changes, which are lost then
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_DIRTY}, {@code OBJECT_NOT_FOUND}
   *     when there is no such worktree
   */
  void remove(Path path, boolean force);

  /** Immediate: forgets worktrees whose files are gone. */
  void prune();

  /**
   * A worktree to add.
   *
   * @param path of its files: a folder that is not there, or is empty; relative ones are below this
   *     worktree
   * @param revision what it checks out; null: HEAD
   * @param newBranch a branch to make there; null: the branch that the revision names, else HEAD is
   *     detached
   */
  record WorktreeSpec(Path path, String revision, String newBranch) {
    /** A worktree with a branch that is there, or a commit. */
    public static WorktreeSpec of(Path path, String revision) {
      return new WorktreeSpec(path, revision, null);
    }
  }
}
