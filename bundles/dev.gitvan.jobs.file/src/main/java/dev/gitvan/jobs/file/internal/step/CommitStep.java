package dev.gitvan.jobs.file.internal.step;

import dev.gitvan.document.Node;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.StepSchema;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.StepStatus;
import dev.gitvan.job.spi.GitVanStep;
import dev.gitvan.job.spi.Staging.CommitSpec;
import dev.gitvan.job.spi.StagingNeed;
import dev.gitvan.job.spi.StepContext;
import dev.gitvan.job.spi.StepResult;
import dev.gitvan.job.spi.StepType;
import dev.gitvan.schema.Schema;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** {@code commit}: commits paths as they are in the worktree. */
@Component(service = StepType.class)
@GitVanStep(type = "commit")
public final class CommitStep implements StepType {
  private static final Schema PATH = Schema.text("");

  private static final StepSchema SCHEMA =
      StepSchema.of(
          Schema.mapping("Commits paths as they are in the worktree. No change is no commit.")
              .require("message", Schema.text("The message, a template."))
              .require(
                  "paths",
                  Schema.either(
                      List.of(Schema.list(PATH, 1, ""), PATH),
                      "Files, or folders with all files below them; templates.")));

  @Override
  public StepSchema schema() {
    return SCHEMA;
  }

  @Override
  public List<Node> templates(StepSpec step) {
    return List.of(step.value());
  }

  @Override
  public List<StagingNeed> needs(StepSpec step) {
    var paths = StepValues.entry(step, "paths");
    List<Node> known = paths instanceof Node.Sequence list ? list.items() : List.of(paths);
    return List.of(
        new StagingNeed.Commit(
            known.stream().flatMap(path -> StepValues.literal(path).stream()).toList()));
  }

  @Override
  public StepResult run(StepContext context, StepSpec step) {
    var job = context.job();
    var message = StepValues.text(context, step, "message");
    var paths = StepValues.texts(context, StepValues.entry(step, "paths"), "commit.paths");
    var staging = job.staging();
    var commit = staging.commit(new CommitSpec(message, paths));
    boolean predictable = job.isPredictable();
    if (commit.isEmpty() && predictable) {
      return new StepResult(StepStatus.UNCHANGED, "nothing to commit", Map.of("commit", ""));
    }
    if (!job.dryRun()) {
      var id = commit.orElse("");
      return StepResult.ok(
          "committed " + id.substring(0, Math.min(7, id.length())), Map.of("commit", id));
    }
    job.planned(
        new PlannedEffect(
            "commit", staging.base().branch(), message + "\n\n" + String.join("\n", paths)));
    var what = "would commit " + String.join(", ", paths);
    return StepResult.ok(
        predictable || commit.isPresent() ? what : what + ", if earlier steps change them",
        Map.of("commit", Unknown.VALUE));
  }
}
