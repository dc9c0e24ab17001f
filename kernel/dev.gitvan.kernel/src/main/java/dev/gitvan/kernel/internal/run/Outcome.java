package dev.gitvan.kernel.internal.run;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.extension.Extension.Answer;
import dev.gitvan.extension.ExtensionGoneException;
import dev.gitvan.job.RunStatus;
import dev.gitvan.job.spi.JobResult;
import java.util.List;

/**
 * How an attempt, or a run called within one, ended.
 *
 * @param problem null when it ended well
 * @param result what the job returned; null when it returned nothing
 * @param cause what was thrown; or null
 */
record Outcome(RunStatus status, Problem problem, JobResult result, Throwable cause) {
  /** Ended well: there is something to apply. */
  boolean isGood() {
    return problem == null;
  }

  /** Whether a deadline made it fail: its own, or that of something within it. */
  boolean isTimeout() {
    return problem != null && problem.code().equals(Codes.TIMEOUT);
  }

  /** As receipts tell it: a run that a step's deadline made fail timed out. */
  Outcome settled() {
    return isTimeout() ? new Outcome(RunStatus.TIMEOUT, problem, result, cause) : this;
  }

  /** Whether another attempt may end better: not after the run's deadline or its cancellation. */
  boolean isWorthRetrying() {
    return status == RunStatus.FAILED && problem.retryable();
  }

  /**
   * The same outcome, or the true cause of it: bundles that the run used were taken away by force.
   *
   * @param lost symbolic name and version of each
   */
  Outcome because(String job, List<String> lost) {
    if (status != RunStatus.FAILED || !isConsequenceOfLoss()) {
      return this;
    }
    var what =
        String.join(" and ", lost)
            + (lost.size() == 1 ? " was" : " were")
            + " stopped or uninstalled while the run used it; then it failed with "
            + (cause == null || cause instanceof GitVanException ? problem : cause);
    return failed(
        new Problem(
            Codes.BUNDLE_GONE,
            job,
            what,
            "Run it again. In gitvan shell use bundle stop, which waits for runs."),
        cause);
  }

  private boolean isConsequenceOfLoss() {
    for (var thrown = cause; thrown != null; thrown = thrown.getCause()) {
      if (thrown instanceof LinkageError
          || thrown instanceof IllegalStateException
          || thrown instanceof ExtensionGoneException) {
        return true;
      }
    }
    return problem.exitStatus() == ExitStatus.INTERNAL
        || problem.code().equals(Codes.NO_TRANSACTION)
        || problem.code().equals(Codes.JOB_NO_HANDLER)
        || problem.code().equals(Codes.TEMPLATE_NO_ENGINE)
        || problem.code().equals(Codes.INTERRUPTED);
  }

  static Outcome good(RunStatus status, JobResult result) {
    return new Outcome(status, null, result, null);
  }

  static Outcome failed(Problem problem, Throwable cause) {
    return new Outcome(RunStatus.FAILED, problem, null, cause);
  }

  static Outcome cancelled(String job, String reason) {
    return new Outcome(
        RunStatus.CANCELLED,
        new Problem(
            Codes.INTERRUPTED, job, "it was cancelled: " + (reason == null ? "?" : reason), ""),
        null,
        null);
  }

  static Outcome timeout(String job, String what, Throwable cause) {
    return new Outcome(
        RunStatus.TIMEOUT,
        new Problem(
            Codes.TIMEOUT,
            job,
            what,
            "Raise its timeout, or run it with -v to see where the time goes."),
        null,
        cause);
  }

  /**
   * What a job's answer means, when no deadline passed and nothing was cancelled.
   *
   * @param step the step that threw what the job threw; empty when none did
   */
  static Outcome of(String job, String step, Answer<JobResult> answer) {
    var thrown = answer.failure();
    if (answer.isGone()) {
      return failed(
          new Problem(
              Codes.JOB_NO_HANDLER, job, thrown.getMessage(), "Install the bundle or start it."),
          thrown);
    }
    if (thrown instanceof GitVanException known) {
      return failed(known.problem(), thrown);
    }
    if (thrown != null) {
      return failed(
          new Problem(
              step.isEmpty() ? Codes.JOB_FAILED : Codes.STEP_FAILED,
              step.isEmpty() ? job : job + " " + step,
              "it failed with " + thrown,
              "Run it with -v to see where."),
          thrown);
    }
    var result = answer.value();
    if (result == null || result.status() == null) {
      return failed(
          new Problem(Codes.JOB_FAILED, job, "it returned no result", "Report it to its author."),
          null);
    }
    return switch (result.status()) {
      case OK, SKIPPED -> good(result.status(), result);
      default ->
          failed(
              new Problem(
                  Codes.JOB_FAILED,
                  job,
                  result.message().isBlank()
                      ? "it reported failure without a message"
                      : result.message(),
                  ""),
              null);
    };
  }
}
