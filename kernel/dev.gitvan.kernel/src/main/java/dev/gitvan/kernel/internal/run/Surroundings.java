package dev.gitvan.kernel.internal.run;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.hook.HookRegistry;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.Trigger;
import dev.gitvan.job.spi.RunTransactions;
import dev.gitvan.kernel.internal.job.JobCatalog;
import dev.gitvan.kernel.internal.swap.Activities;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The services that runs need, each looked up when it is used: any may be replaced at any moment.
 *
 * @param kernel whose activities the runs are
 * @param transactions gives null while nothing can write to Git
 * @param ids gives a new run id
 * @param grace how long a job may take to end once interrupted
 * @param host the machine's name
 * @param version GitVan's version
 */
record Surroundings(
    Kernel kernel,
    Supplier<JobCatalog> jobs,
    Supplier<HookRegistry> hooks,
    Supplier<Metrics> meters,
    Supplier<RunTransactions> transactions,
    Supplier<String> ids,
    InstantSource clock,
    Duration grace,
    String host,
    String version) {

  JobCatalog catalog() {
    return jobs.get();
  }

  Activities activities() {
    return kernel.activities();
  }

  Metrics metrics() {
    return meters.get();
  }

  String nextId() {
    return ids.get();
  }

  /** Mutes this thread in a dry run, which records no metrics. */
  Metrics.Muting muteIf(boolean dryRun) {
    return dryRun ? metrics().mute() : () -> {};
  }

  /** Asks the hooks before a run; null when none objects. */
  Problem gate(LiveRun run) {
    var data = Frame.hookData(run);
    var event =
        new HookEvent(HookEvent.JOB_BEFORE, run.order().worktree(), data, HookEvent.DEFAULT_LIMIT);
    return hooks
        .get()
        .fire(event)
        .stoppedBy()
        .map(
            answer ->
                new Problem(
                    Codes.HOOK_VETOED,
                    run.definition().name(),
                    "hook " + answer.hook() + " stopped it: " + reason(answer.outcome()),
                    ""))
        .orElse(null);
  }

  private static String reason(HookOutcome outcome) {
    if (outcome instanceof HookOutcome.Vetoed vetoed) {
      return vetoed.reason();
    }
    if (outcome instanceof HookOutcome.Failed failed) {
      return failed.problem().toString();
    }
    return outcome instanceof HookOutcome.TimedOut late
        ? "no answer within " + dev.gitvan.config.Quantities.format(late.limit())
        : outcome.toString();
  }

  /** Calls the hooks for the end of a run. */
  void tell(LiveRun run, Outcome outcome) {
    var data = new LinkedHashMap<>(Frame.hookData(run));
    data.put("status", outcome.status().toString());
    if (!outcome.isGood()) {
      data.put("error", run.events().masks().problem(outcome.problem()).toMap());
    }
    var point = outcome.isGood() ? HookEvent.JOB_AFTER : HookEvent.JOB_ERROR;
    hooks.get().fire(new HookEvent(point, run.order().worktree(), data, HookEvent.DEFAULT_LIMIT));
  }

  /**
   * @throws GitVanException {@code JOB_DEPTH} when too many jobs led to this one
   */
  static void checkDepth(String job, Trigger trigger) {
    if (trigger.depth() > Trigger.MAX_DEPTH) {
      throw GitVanException.of(
          Codes.JOB_DEPTH,
          job,
          "more than "
              + Trigger.MAX_DEPTH
              + " jobs started each other, most recently "
              + trigger.detail(),
          "Look for jobs that start each other, or shorten the chain.");
    }
  }

  /** What a dry run prints about a job that it does not call. */
  static PlannedEffect plannedCall(LiveRun run) {
    return new PlannedEffect("job", run.definition().name(), lines(run.maskedInputs()));
  }

  private static String lines(Map<String, Object> inputs) {
    return inputs.entrySet().stream()
        .map(input -> input.getKey() + " = " + input.getValue())
        .collect(Collectors.joining("\n"));
  }
}
