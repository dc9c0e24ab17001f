package dev.gitvan.job;

import dev.gitvan.repository.WorktreeId;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The jobs that exist for a worktree, from its files and from bundles. A repository's job hides a
 * bundle's. Of one bundle's versions the newest shadows the others, whatever their rankings; among
 * bundles' jobs of one name the highest {@code service.ranking} wins, then the lowest service id.
 * Safe for any thread.
 */
@ProviderType
public interface JobRegistry {
  /**
   * The job of a name.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code JOB_NOT_FOUND} with the nearest names, or
   *     what is wrong with its definition
   */
  JobDefinition find(WorktreeId worktree, String name);

  /**
   * All jobs by name, the broken ones among them.
   *
   * @throws dev.gitvan.diagnostics.GitVanException when the configuration itself cannot be read
   */
  List<JobListing> list(WorktreeId worktree);
}
