package dev.gitvan.git;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The worktrees of a repository. Safe for any thread.
 *
 * @see GitRepository#worktrees
 */
@ProviderType
public interface Worktrees {
  /** The main worktree, or the bare repository, and then the linked ones by path. */
  List<Worktree> list();

  /**
   * A worktree.
   *
   * @param path of its files; of a bare repository itself
   * @param head its commit; empty when there is none yet, or in a bare repository
   * @param branch full ref name; empty when HEAD is detached, or in a bare repository
   * @param bare whether it is the repository, which has no files
   * @param locked whether it is kept from being pruned, moved and removed
   * @param lockReason why, or empty
   * @param prunable whether its files are gone, so that {@code git worktree prune} would forget it
   */
  record Worktree(
      Path path,
      String head,
      String branch,
      boolean bare,
      boolean locked,
      String lockReason,
      boolean prunable) {}
}
