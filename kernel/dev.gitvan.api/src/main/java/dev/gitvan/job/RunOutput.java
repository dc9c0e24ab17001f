package dev.gitvan.job;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Told what happens during a run, in order for each run; runs of one request (nested ones, and
 * those in {@code then}) may be told from several threads at once. Must return quickly; what it
 * throws is ignored.
 */
@ConsumerType
public interface RunOutput {
  /** Hears nothing. */
  RunOutput SILENT = new RunOutput() {};

  /** Where a line of text came from. */
  enum Stream {
    OUT,
    ERR
  }

  /** A run left the queue and starts. */
  default void runStarted(JobRun run) {}

  /** A step starts. */
  default void stepStarted(JobRun run, String type, String name) {}

  /** A step ended. */
  default void stepFinished(JobRun run, StepReport report) {}

  /** A line that a step or a child process printed; without its line end. */
  default void line(JobRun run, Stream stream, String text) {}

  /** A dry run would have done this. */
  default void planned(JobRun run, PlannedEffect effect) {}

  /** An attempt failed and the next one waits. */
  default void retrying(JobRun run, int attempt, dev.gitvan.diagnostics.Problem problem) {}

  /** A run has ended and its receipt, if it leaves one, is written. */
  default void runFinished(JobRun run, Receipt receipt) {}
}
