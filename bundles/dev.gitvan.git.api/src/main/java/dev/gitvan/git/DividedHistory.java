package dev.gitvan.git;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A history that is divided at some of its commits, the ends. Each commit belongs to the first end
 * that contains it. It does not change. Safe for any thread, while its repository is open.
 *
 * @see CommitGraph#divide
 */
@ProviderType
public interface DividedHistory {
  /**
   * Whether the history contains an end.
   *
   * @param end its index
   */
  boolean contains(int end);

  /**
   * Returns the commits of one part, newest first, read lazily. Close it.
   *
   * @param part the index of the end that they belong to; the number of ends: those that belong to
   *     none
   * @param ownCommits whether commits that GitVan made are included
   */
  History commits(int part, boolean ownCommits);
}
