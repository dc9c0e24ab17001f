package dev.gitvan.git;

import dev.gitvan.job.spi.JobContext;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Finds and opens Git repositories. Safe for any thread. */
@ProviderType
public interface Git {
  /**
   * The worktree, or bare repository, that a directory belongs to: the directory itself, one below
   * it, a linked worktree, or a Git directory.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_NOT_FOUND}, {@code REPO_NOT_TRUSTED}
   *     (another user's, and not in the user's {@code safe.directory}), {@code REPO_UNSUPPORTED},
   *     {@code ACCESS_DENIED}
   */
  WorktreeId discover(Path directory);

  /**
   * Opens a worktree. Open repositories are shared and bounded; close what this returns.
   *
   * @throws dev.gitvan.diagnostics.GitVanException as {@link #discover}
   */
  GitRepository open(WorktreeId worktree);

  /**
   * Opens the worktree of a run, to be changed within the run's rules. Close what this returns.
   *
   * @throws dev.gitvan.diagnostics.GitVanException as {@link #discover}
   */
  RunRepository open(JobContext run);
}
