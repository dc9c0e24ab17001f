package dev.gitvan.job.spi;

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
}
