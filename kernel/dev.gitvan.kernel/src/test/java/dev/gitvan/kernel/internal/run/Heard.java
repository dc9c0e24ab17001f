package dev.gitvan.kernel.internal.run;

import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunOutput;
import dev.gitvan.job.StepReport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records events, one string each. */
final class Heard implements RunOutput {
  final List<String> all = new CopyOnWriteArrayList<>();

  @Override
  public void runStarted(JobRun run) {
    all.add("started " + run.definition().name());
  }

  @Override
  public void stepStarted(JobRun run, String type, String name) {
    all.add("step " + name);
  }

  @Override
  public void stepFinished(JobRun run, StepReport report) {
    all.add("step " + report.name() + " " + report.status());
  }

  @Override
  public void line(JobRun run, Stream stream, String text) {
    all.add(stream + " " + text);
  }

  @Override
  public void planned(JobRun run, PlannedEffect effect) {
    all.add("planned " + effect.kind() + " " + effect.subject());
  }

  @Override
  public void retrying(JobRun run, int attempt, Problem problem) {
    all.add("retrying " + attempt + " " + problem.code());
  }

  @Override
  public void runFinished(JobRun run, Receipt receipt) {
    all.add("finished " + receipt.job() + " " + receipt.status());
  }
}
