package dev.gitvan.jobs.file.internal.step;

import dev.gitvan.document.Node;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.StepSchema;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.spi.GitVanStep;
import dev.gitvan.job.spi.Staging.TagSpec;
import dev.gitvan.job.spi.StagingNeed;
import dev.gitvan.job.spi.StepContext;
import dev.gitvan.job.spi.StepResult;
import dev.gitvan.job.spi.StepType;
import dev.gitvan.schema.Schema;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** {@code tag}: an annotated tag on the run's last commit. */
@Component(service = StepType.class)
@GitVanStep(type = "tag")
public final class TagStep implements StepType {
  private static final StepSchema SCHEMA =
      StepSchema.of(
          Schema.mapping("Makes an annotated tag of the run's last commit.")
              .require("name", Schema.text("The tag's name, a template."))
              .require("message", Schema.text("The message, a template.")));

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
    return List.of(
        new StagingNeed.Tag(StepValues.literal(StepValues.entry(step, "name")).orElse(null)));
  }

  @Override
  public StepResult run(StepContext context, StepSpec step) {
    var job = context.job();
    var name =
        StepValues.name(
            StepValues.entry(step, "name").place(),
            "tag.name",
            StepValues.text(context, step, "name"));
    var message = StepValues.text(context, step, "message");
    if (job.dryRun()) {
      if (!Unknown.isIn(name)) {
        job.staging().tag(new TagSpec(name, message));
      }
      job.planned(new PlannedEffect("tag", "refs/tags/" + name, message));
      return StepResult.ok("would tag " + name, Map.of("tag", name, "id", Unknown.VALUE));
    }
    var id = job.staging().tag(new TagSpec(name, message));
    return StepResult.ok("tagged " + name, Map.of("tag", name, "id", id));
  }
}
