package dev.gitvan.git;

import java.util.SortedSet;

/**
 * Index and worktree against HEAD; paths are below the worktree, with {@code /}.
 *
 * @param staged differ between HEAD and index
 * @param unstaged differ between index and worktree
 * @param untracked neither tracked nor ignored
 * @param conflicted unmerged
 */
public record Status(
    SortedSet<String> staged,
    SortedSet<String> unstaged,
    SortedSet<String> untracked,
    SortedSet<String> conflicted) {
  /** Nothing staged, unstaged or unmerged; untracked files do not count. */
  public boolean isClean() {
    return staged.isEmpty() && unstaged.isEmpty() && conflicted.isEmpty();
  }
}
