package dev.gitvan.git;

import java.util.SortedSet;

/**
 * The status of index and worktree; paths are relative to the worktree, with {@code /}.
 *
 * @param staged paths that differ between HEAD and index
 * @param unstaged paths that differ between index and worktree; a submodule in which only untracked
 *     files are new is not among them
 * @param untracked paths that are neither tracked nor ignored
 * @param conflicted unmerged paths
 */
public record Status(
    SortedSet<String> staged,
    SortedSet<String> unstaged,
    SortedSet<String> untracked,
    SortedSet<String> conflicted) {
  /**
   * Whether nothing is staged, unstaged or unmerged: whether {@code git status --porcelain
   * --untracked-files=no} prints nothing.
   */
  public boolean isClean() {
    return staged.isEmpty() && unstaged.isEmpty() && conflicted.isEmpty();
  }
}
