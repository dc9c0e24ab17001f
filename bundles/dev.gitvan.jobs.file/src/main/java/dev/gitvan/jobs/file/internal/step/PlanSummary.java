package dev.gitvan.jobs.file.internal.step;

import dev.gitvan.job.StepStatus;
import dev.gitvan.job.spi.StepResult;
import dev.gitvan.template.PlanResult;
import dev.gitvan.template.PlanResult.Change;
import java.util.List;
import java.util.Map;

/** What a step says of the plan that it followed. */
final class PlanSummary {
  private PlanSummary() {}

  static StepResult of(PlanResult result, boolean dryRun) {
    var changing = result.changes().stream().filter(c -> c.action().isChanging()).toList();
    var outputs =
        Map.<String, Object>of(
            "paths",
            result.changes().stream().map(Change::path).toList(),
            "changed",
            (long) changing.size());
    if (changing.isEmpty()) {
      return new StepResult(
          StepStatus.UNCHANGED, described(result.changes()) + " up to date", outputs);
    }
    var message =
        changing.size() == 1
            ? (dryRun ? "would have " : "")
                + changing.get(0).action()
                + " "
                + changing.get(0).path()
            : (dryRun ? "would change " : "changed ")
                + changing.size()
                + " of "
                + result.changes().size()
                + " files";
    return StepResult.ok(message, outputs);
  }

  private static String described(List<Change> changes) {
    return changes.size() == 1
        ? changes.get(0).path() + " is"
        : "each of " + changes.size() + " files is";
  }
}
