package dev.gitvan.jobs.file.internal.step;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.StepSchema;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.spi.GitVanStep;
import dev.gitvan.job.spi.StagingNeed;
import dev.gitvan.job.spi.StepContext;
import dev.gitvan.job.spi.StepResult;
import dev.gitvan.job.spi.StepType;
import dev.gitvan.schema.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** {@code job}: another job inside this run. Its name is no template: circles are found before. */
@Component(service = StepType.class)
@GitVanStep(type = "job")
public final class JobStep implements StepType {
  private static final StepSchema SCHEMA =
      StepSchema.of(
          Schema.mapping("Runs another job inside this run's transaction.")
              .require("name", Schema.text("The job's name."))
              .allow("inputs", Schema.anyMapping("Its inputs; strings are templates.")));

  @Override
  public StepSchema schema() {
    return SCHEMA;
  }

  @Override
  public List<Problem> validate(StepSpec step) {
    var name = (Node.Scalar) StepValues.entry(step, "name");
    return JobDefinition.isName(name.text())
        ? List.of()
        : List.of(
            new Problem(
                Codes.JOB_NAME_INVALID,
                name.place().toString(),
                name.text() + " cannot be a job's name",
                "See gitvan job list."));
  }

  @Override
  public List<Node> templates(StepSpec step) {
    return step.value() instanceof Node.Mapping mapping && mapping.entries().containsKey("inputs")
        ? List.of(mapping.entries().get("inputs"))
        : List.of();
  }

  @Override
  public List<StagingNeed> needs(StepSpec step) {
    return List.of(new StagingNeed.Call(((Node.Scalar) StepValues.entry(step, "name")).text()));
  }

  @Override
  public StepResult run(StepContext context, StepSpec step) throws Exception {
    var name = ((Node.Scalar) StepValues.entry(step, "name")).text();
    var inputs = new LinkedHashMap<String, Object>();
    if (StepValues.entry(step, "inputs") instanceof Node.Mapping mapping) {
      mapping.entries().forEach((key, node) -> inputs.put(key, context.renderAll(node, Map.of())));
    }
    var result = context.job().call(name, inputs);
    return switch (result.status()) {
      case OK -> StepResult.ok(result.message(), result.outputs());
      case SKIPPED -> StepResult.skipped(result.message());
      default ->
          throw GitVanException.of(
              Codes.STEP_FAILED,
              step.place().toString(),
              "the job " + name + " failed" + suffix(result.message()),
              "See gitvan receipt list --job " + name + ".");
    };
  }

  private static String suffix(String message) {
    return message.isEmpty() ? "" : ": " + message;
  }
}
