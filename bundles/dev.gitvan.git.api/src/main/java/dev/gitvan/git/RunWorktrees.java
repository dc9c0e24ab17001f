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
}
