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
  /** The main worktree, or the bare repository, followed by the linked ones by path. */
  List<Worktree> list();

  /**
   * A worktree.
   *
   * @param path folder of its files; the Git directory of a bare repository
   * @param head commit of HEAD; empty if there is none yet, or in a bare repository
   * @param branch full ref name of the branch; empty if HEAD is detached, or in a bare repository
   * @param bare whether this is a bare repository, without files
   * @param locked whether it is protected from being pruned, moved and removed
   * @param lockReason reason of the lock, or empty
   * @param prunable whether its files are gone, so that {@code git worktree prune} would remove it
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
