package dev.gitvan.kernel.internal.run;

import dev.gitvan.job.Artifact;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.StepReport;
import dev.gitvan.job.spi.Staging.Base;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Puts receipts together. */
final class Receipts {
  private static final Base NOWHERE = new Base("", "");

  private final Surroundings around;

  Receipts(Surroundings around) {
    this.around = around;
  }

  /**
   * The receipts of a run and of those it called.
   *
   * @param base null when no transaction could be begun
   */
  List<Receipt> of(
      LiveRun run,
      Base base,
      Outcome outcome,
      int attempt,
      Instant started,
      List<Artifact> artifacts,
      List<StepReport> steps,
      List<Attempt.Called> called) {
    var finished = around.clock().instant();
    var at = base == null ? NOWHERE : base;
    var all = new ArrayList<Receipt>();
    var settled = outcome.settled();
    all.add(receipt(run, at, settled, attempt, started, finished, artifacts, steps));
    for (var call : called) {
      var frame = call.frame();
      all.add(
          receipt(
              frame.run(),
              at,
              call.outcome().settled(),
              1,
              frame.started(),
              call.finished(),
              frame.artifacts(),
              frame.steps()));
    }
    return all;
  }

  /** The receipt of a run that never started. */
  Receipt notStarted(LiveRun run, Outcome outcome) {
    var now = around.clock().instant();
    return receipt(run, NOWHERE, outcome, 1, now, now, List.of(), List.of());
  }

  private Receipt receipt(
      LiveRun run,
      Base base,
      Outcome outcome,
      int attempt,
      Instant started,
      Instant finished,
      List<Artifact> artifacts,
      List<StepReport> steps) {
    var definition = run.definition();
    return Receipt.builder(run.id(), definition.name())
        .version(definition.version())
        .fingerprint(definition.fingerprint())
        .parent(run.trigger().parent())
        .trigger(run.trigger())
        .head(base.head())
        .branch(base.branch())
        .worktree(run.request().worktree().name())
        .status(outcome.status())
        .error(outcome.problem())
        .ran(started, finished)
        .attempt(attempt)
        .inputs(run.inputs())
        .artifacts(artifacts)
        .steps(steps)
        .host(around.host())
        .gitvan(around.version())
        .build();
  }
}
