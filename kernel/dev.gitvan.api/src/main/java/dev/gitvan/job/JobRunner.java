package dev.gitvan.job;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs jobs: a bounded queue by priority, a pool of workers, deadlines, retries, gates, and one
 * transaction on Git per run. Safe for any thread.
 */
@ProviderType
public interface JobRunner {
  /**
   * Accepts a run and returns without waiting for it.
   *
   * @throws dev.gitvan.diagnostics.GitVanException if it is refused: {@code JOB_NOT_FOUND}, a
   *     problem in the definition, {@code JOB_INPUT_INVALID}, {@code KEY_CONFLICT}, {@code
   *     QUEUE_FULL}, {@code JOB_DEPTH}
   */
  JobRun submit(JobRequest request);

  /** The waiting and running runs, oldest first. */
  List<JobRun> active();
}
