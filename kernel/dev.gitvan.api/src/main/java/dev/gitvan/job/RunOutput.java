package dev.gitvan.job;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Receives the events of a run, in order for each run. Different runs of one request (nested runs,
 * and those in {@code then}) may report from several threads concurrently. Methods must return
 * quickly; exceptions are ignored.
 */
@ConsumerType
public interface RunOutput {
  /** Ignores all events. */
  RunOutput SILENT = new RunOutput() {};

  /** The source of a line. */
  enum Stream {
    OUT,
    ERR
  }

  /** A run leaves the queue and starts. */
  default void runStarted(JobRun run) {}

  /** A step starts. */
  default void stepStarted(JobRun run, String type, String name) {}

  /** A step ended. */
  default void stepFinished(JobRun run, StepReport report) {}

  /** A step or a child process printed a line; the text has no line break. */
  default void line(JobRun run, Stream stream, String text) {}

  /** A real run would have this effect. */
  default void planned(JobRun run, PlannedEffect effect) {}

  /** An attempt failed and will be retried. */
  default void retrying(JobRun run, int attempt, dev.gitvan.diagnostics.Problem problem) {}

  /** A run has ended and its receipt, if any, is written. */
  default void runFinished(JobRun run, Receipt receipt) {}
}
