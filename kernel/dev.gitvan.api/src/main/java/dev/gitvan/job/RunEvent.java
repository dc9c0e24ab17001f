package dev.gitvan.job;

import dev.gitvan.diagnostics.Problem;
import java.time.Duration;
import java.util.List;

/**
 * An event of a run: plain values, so that they can be sent to another process. A run that starts
 * has exactly one {@link Started} and ends with exactly one {@link Finished}; a run that never
 * starts, because it was cancelled while it waited, has only a {@link Finished}.
 */
public sealed interface RunEvent {
  /** The run's id. */
  String run();

  /** Name of the run's job. */
  String job();

  /**
   * A run leaves the queue and starts.
   *
   * @param parent id of the run that called or started this run, or empty
   * @param steps names of the job's steps, as they are shown to people; empty for a job that is
   *     code
   * @param limit the longest that all attempts and the waits between them may take
   */
  record Started(String run, String job, String parent, List<String> steps, Duration limit)
      implements RunEvent {
    public Started {
      steps = List.copyOf(steps);
    }
  }

  /**
   * A step starts.
   *
   * @param type the step's type
   * @param name the step's name, as it is shown to people
   */
  record StepStarted(String run, String job, String type, String name) implements RunEvent {}

  /** A step ended. */
  record StepFinished(String run, String job, StepReport report) implements RunEvent {}

  /**
   * A step or a child process printed a line.
   *
   * @param text the line, without a line break
   */
  record Line(String run, String job, StandardStream stream, String text) implements RunEvent {}

  /** A real run would have this effect. */
  record Planned(String run, String job, PlannedEffect effect) implements RunEvent {}

  /**
   * An attempt failed and will be retried.
   *
   * @param attempt number of the attempt that failed, from 1
   */
  record Retrying(String run, String job, int attempt, Problem problem) implements RunEvent {}

  /**
   * A run has ended and its receipt is written, if it is to be written and could be.
   *
   * @param recorded whether the receipt has been written to Git
   */
  record Finished(String run, String job, Receipt receipt, boolean recorded) implements RunEvent {}
}
