package dev.gitvan.kernel.internal.run;

import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.RunEvent;
import dev.gitvan.job.RunListener;
import dev.gitvan.job.StandardStream;
import dev.gitvan.job.StepReport;
import dev.gitvan.job.StepSpec;
import java.time.Duration;
import java.util.List;

/**
 * Sends the events of runs, without their secrets, to those who follow them. What listeners throw
 * is ignored.
 */
final class Events {
  private final RunListener own;
  private final List<RunListener> others;
  private final Masks masks = new Masks();

  /**
   * @param own follows the runs that one order leads to
   * @param others follow all runs; the list may change at any time
   */
  Events(RunListener own, List<RunListener> others) {
    this.own = own;
    this.others = others;
  }

  /** Who follows the runs that one order leads to. */
  RunListener own() {
    return own;
  }

  /** What hides the secrets of these runs. */
  Masks masks() {
    return masks;
  }

  void started(LiveRun run) {
    var definition = run.definition();
    send(
        new RunEvent.Started(
            run.id(),
            definition.name(),
            run.order().trigger().parent(),
            definition.steps().stream().map(StepSpec::displayName).toList(),
            longest(definition, run.timeout())));
  }

  /** All attempts at their limit, and the waits between them. */
  private static Duration longest(JobDefinition definition, Duration limit) {
    var retries = definition.retries();
    var sum = Duration.ZERO;
    for (int attempt = 1; attempt <= retries.max() + 1; attempt++) {
      sum = sum.plus(limit).plus(retries.before(attempt));
    }
    return sum;
  }

  void stepStarted(LiveRun run, String type, String name) {
    send(new RunEvent.StepStarted(run.id(), job(run), type, name));
  }

  void stepFinished(LiveRun run, StepReport report) {
    send(new RunEvent.StepFinished(run.id(), job(run), report));
  }

  void line(LiveRun run, StandardStream stream, String text) {
    send(new RunEvent.Line(run.id(), job(run), stream, text));
  }

  /**
   * A line of the runner itself, about something that went wrong besides the run. Lines of commands
   * pass to the terminal unchanged; this one may quote a repository, and has no control characters.
   */
  void warn(LiveRun run, String text) {
    line(run, StandardStream.ERR, text.replaceAll("[\\p{Cc}\\p{Cf}]", " "));
  }

  void planned(LiveRun run, PlannedEffect effect) {
    send(new RunEvent.Planned(run.id(), job(run), effect));
  }

  void retrying(LiveRun run, int attempt, Problem problem) {
    send(new RunEvent.Retrying(run.id(), job(run), attempt, problem));
  }

  /** The run has its receipt. */
  void finished(LiveRun run) {
    run.receipt()
        .ifPresent(
            receipt -> send(new RunEvent.Finished(run.id(), job(run), receipt, run.isRecorded())));
  }

  private static String job(LiveRun run) {
    return run.order().job();
  }

  private void send(RunEvent event) {
    var masked = masks.event(event);
    tell(own, masked);
    others.forEach(listener -> tell(listener, masked));
  }

  private static void tell(RunListener listener, RunEvent event) {
    try {
      listener.on(event);
    } catch (RuntimeException | LinkageError e) {
      // The contract says so: what it throws is ignored.
    }
  }
}
