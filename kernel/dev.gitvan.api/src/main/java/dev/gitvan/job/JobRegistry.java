package dev.gitvan.job;

import dev.gitvan.repository.WorktreeId;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The jobs that exist for a worktree, from its files and from bundles. A repository's job hides a
 * bundle's. Of several versions of one bundle the newest is active, whatever their rankings; among
 * jobs of bundles with the same name the highest {@code service.ranking} wins, then the lowest
 * service id. Safe for any thread.
 */
@ProviderType
public interface JobRegistry {
  /**
   * Returns the job of a name.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code JOB_NOT_FOUND} with the nearest names, or
   *     the error in its definition
   */
  JobDefinition find(WorktreeId worktree, String name);

  /**
   * Returns all jobs by name, including invalid ones.
   *
   * @throws dev.gitvan.diagnostics.GitVanException if the configuration itself is invalid
   */
  List<JobListing> list(WorktreeId worktree);
}
