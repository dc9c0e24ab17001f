package dev.gitvan.git;

import dev.gitvan.job.spi.JobContext;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Finds and opens Git repositories. Safe for any thread. */
@ProviderType
public interface Git {
  /**
   * Finds the worktree or bare repository that contains a directory. The directory may also be a
   * linked worktree or a Git directory.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_NOT_FOUND}, {@code REPO_NOT_TRUSTED}
   *     (owned by another user, and not in the user's {@code safe.directory}), {@code
   *     REPO_UNSUPPORTED}, {@code ACCESS_DENIED}
   */
  WorktreeId discover(Path directory);

  /**
   * Finds the worktree that a caller works in, as {@code git} does: Git's variables in the caller's
   * environment count as {@link dev.gitvan.repository.GitVariable} lists them. The result has the
   * caller's index.
   *
   * @param directory the caller's directory
   * @throws dev.gitvan.diagnostics.GitVanException as {@link #discover(Path)}; {@code
   *     REPO_UNSUPPORTED} also if a variable is set that GitVan refuses
   */
  WorktreeId discover(Path directory, Map<String, String> environment);

  /**
   * Opens a worktree. Open repositories are shared and bounded; close the result.
   *
   * @throws dev.gitvan.diagnostics.GitVanException as {@link #discover}
   */
  GitRepository open(WorktreeId worktree);

  /**
   * Opens the worktree of a run, with operations that change it as part of the run. Close the
   * result.
   *
   * @throws dev.gitvan.diagnostics.GitVanException as {@link #discover}
   */
  RunRepository open(JobContext run);
}
