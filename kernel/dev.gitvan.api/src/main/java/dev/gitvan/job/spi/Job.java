package dev.gitvan.job.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A unit of work. Register it as a service with {@link GitVanJob}; it must be safe for several runs
 * at once.
 */
@ConsumerType
@FunctionalInterface
public interface Job {
  /**
   * Does the work. The thread is interrupted at the deadline and on cancellation, and must then
   * return soon: a job that does not is abandoned and its bundle's jobs are refused from then on.
   *
   * @throws dev.gitvan.diagnostics.GitVanException for a failure that the user can understand
   * @throws Exception for every other failure: the run ends as {@code JOB_FAILED}
   */
  JobResult run(JobContext context) throws Exception;
}
