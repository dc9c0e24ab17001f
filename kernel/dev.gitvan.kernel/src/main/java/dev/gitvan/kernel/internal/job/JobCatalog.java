package dev.gitvan.kernel.internal.job;

import dev.gitvan.config.Configuration;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.repository.WorktreeId;

/** The job registry as the runner sees it: definitions with what runs them. */
public interface JobCatalog {
  /**
   * The job of a name.
   *
   * @param configuration the worktree's, as the run that asks uses it
   * @throws dev.gitvan.diagnostics.GitVanException as {@link dev.gitvan.job.JobRegistry#find}, and
   *     {@code JOB_NO_HANDLER} when its contributor is quarantined
   */
  Entry resolve(WorktreeId worktree, Configuration configuration, String name);

  /** A job and what runs it. */
  record Entry(JobDefinition definition, JobBody body) {}
}
