package dev.gitvan.git;

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
}
