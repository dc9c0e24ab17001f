package dev.gitvan.kernel.internal.run;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunStatus;
import dev.gitvan.job.StepReport;
import dev.gitvan.job.StoredRun;
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

  /** The receipt of a run whose process ended before it did. */
  Receipt lost(StoredRun run) {
    var order = run.order();
    var now = around.clock().instant();
    return Receipt.builder(run.id(), order.job())
        .parent(order.trigger().parent())
        .trigger(order.trigger())
        .worktree(order.worktree().name())
        .status(RunStatus.FAILED)
        .error(
            new Problem(
                Codes.INTERRUPTED,
                order.job(),
                "the process that ran it ended before the run did",
                "Run it again: the key is free."))
        .ran(now, now)
        .inputs(order.inputs())
        .host(around.host())
        .gitvan(around.version())
        .build();
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
    var receipt =
        Receipt.builder(run.id(), definition.name())
            .version(definition.version())
            .fingerprint(definition.fingerprint())
            .parent(run.order().trigger().parent())
            .trigger(run.order().trigger())
            .head(base.head())
            .branch(base.branch())
            .worktree(run.order().worktree().name())
            .status(outcome.status())
            .error(outcome.problem())
            .ran(started, finished)
            .attempt(attempt)
            .inputs(run.maskedInputs())
            .artifacts(artifacts)
            .steps(steps)
            .host(around.host())
            .gitvan(around.version())
            .build();
    return run.events().masks().receipt(receipt);
  }
}
