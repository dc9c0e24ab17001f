package dev.gitvan.job.spi;

import dev.gitvan.config.Configuration;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A unit of work. Register it as a service with {@link GitVanJob}; it must support concurrent runs.
 */
@ConsumerType
@FunctionalInterface
public interface Job {
  /**
   * Executes the job. The thread is interrupted at the deadline and on cancellation, and must then
   * return soon. A job that does not is abandoned, and the jobs of its bundle are refused from then
   * on.
   *
   * @throws dev.gitvan.diagnostics.GitVanException for an expected failure
   * @throws Exception for every other failure; the run ends with {@code JOB_FAILED}
   */
  JobResult run(JobContext context) throws Exception;

  /**
   * What the job is certain to stage when it runs. The run is refused if that cannot succeed;
   * {@link #run} is not called then. Called before each attempt, and before the first step of a job
   * that calls this one.
   *
   * @param configuration of the run's worktree
   */
  default List<StagingNeed> needs(Configuration configuration) {
    return List.of();
  }
}
