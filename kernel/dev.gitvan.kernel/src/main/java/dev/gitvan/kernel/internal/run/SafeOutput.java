package dev.gitvan.kernel.internal.run;

import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunOutput;
import dev.gitvan.job.StepReport;
import java.util.function.Consumer;

/** An output whose failures are its own. */
final class SafeOutput implements RunOutput {
  private final RunOutput output;

  SafeOutput(RunOutput output) {
    this.output = output;
  }

  @Override
  public void runStarted(JobRun run) {
    tell(o -> o.runStarted(run));
  }

  @Override
  public void stepStarted(JobRun run, String type, String name) {
    tell(o -> o.stepStarted(run, type, name));
  }

  @Override
  public void stepFinished(JobRun run, StepReport report) {
    tell(o -> o.stepFinished(run, report));
  }

  @Override
  public void line(JobRun run, Stream stream, String text) {
    tell(o -> o.line(run, stream, text));
  }

  @Override
  public void planned(JobRun run, PlannedEffect effect) {
    tell(o -> o.planned(run, effect));
  }

  @Override
  public void retrying(JobRun run, int attempt, Problem problem) {
    tell(o -> o.retrying(run, attempt, problem));
  }

  @Override
  public void runFinished(JobRun run, Receipt receipt) {
    tell(o -> o.runFinished(run, receipt));
  }

  private void tell(Consumer<RunOutput> call) {
    try {
      call.accept(output);
    } catch (RuntimeException | LinkageError e) {
      // The contract says so: what it throws is ignored.
    }
  }
}
