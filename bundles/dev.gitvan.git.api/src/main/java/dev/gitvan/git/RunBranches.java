package dev.gitvan.git;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Branches, with operations that create, delete and change them. See {@link RunRepository} for the
 * kinds.
 */
@ProviderType
public interface RunBranches extends Branches {
  /**
   * Staged: creates a branch.
   *
   * @param startPoint a revision; null: the run's last commit, else HEAD
   * @throws dev.gitvan.diagnostics.GitVanException {@code REF_INVALID}, {@code REF_EXISTS}, {@code
   *     OBJECT_*}, {@code REPO_EMPTY}
   */
  void create(String name, String startPoint);

  /**
   * Staged: deletes a branch that is fully merged into its upstream, or into HEAD.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_NOT_FOUND}, {@code
   *     REF_CHECKED_OUT}, {@code REF_NOT_MERGED}
   */
  void delete(String name);

  /**
   * Staged: deletes a branch, even if it is not merged.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_NOT_FOUND}, {@code
   *     REF_CHECKED_OUT}
   */
  void deleteUnmerged(String name);

  /**
   * Immediate: renames a branch with its reflog and configuration, wherever it is checked out.
   * Refused once something is staged.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_NOT_FOUND}, {@code REF_EXISTS},
   *     {@code REF_INVALID}
   */
  void rename(String from, String to);

  /**
   * Immediate: checks a branch out. Refused once something is staged.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_NOT_FOUND}, {@code REPO_DIRTY},
   *     {@code REPO_IN_PROGRESS}, {@code REPO_BARE}, {@code REF_EXISTS} if it is checked out in
   *     another worktree
   */
  void switchTo(String name);

  /**
   * Immediate: checks a commit out, so that HEAD is detached. Refused once something is staged.
   *
   * @throws dev.gitvan.diagnostics.GitVanException as {@link #switchTo}
   */
  void detachAt(String revision);
}
