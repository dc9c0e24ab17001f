package org.example.imprint;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Node;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.StepSchema;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.spi.GitVanStep;
import dev.gitvan.job.spi.StepContext;
import dev.gitvan.job.spi.StepResult;
import dev.gitvan.job.spi.StepType;
import dev.gitvan.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** {@code imprint: FILE} writes a file that says who owns the repository's content. */
@Component
@GitVanStep(type = "imprint")
public class ImprintStep implements StepType {
  private static final StepSchema SCHEMA =
      StepSchema.of(Schema.text("File in the worktree's root that is written."))
          .with("owner", Schema.text("Who owns the content; a template."))
          .with("since", Schema.whole(1970, 9999, "First year."), "owner");

  @Override
  public StepSchema schema() {
    return SCHEMA;
  }

  @Override
  public List<Node> templates(StepSpec step) {
    return step.option("owner").map(List::of).orElse(List.of());
  }

  @Override
  public StepResult run(StepContext context, StepSpec step) throws Exception {
    var name = ((Node.Scalar) step.value()).text();
    if (!name.matches("\\w[\\w.-]*")) {
      throw GitVanException.of(
          ImprintCodes.NAME,
          step.place().toString(),
          name + " is not a file name",
          "Choose another.");
    }
    var text = text(context, step) + "\n";
    if (context.job().dryRun()) {
      context.job().planned(new PlannedEffect("write", name, text));
      return StepResult.ok("would write " + name, Map.of("path", name));
    }
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    Files.write(context.job().worktree().workTree().resolve(name), bytes);
    var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    context.job().artifact(new Artifact(name, HexFormat.of().formatHex(digest), bytes.length));
    return StepResult.ok("wrote " + name, Map.of("path", name));
  }

  private static String text(StepContext context, StepSpec step) {
    var since = step.option("since").map(year -> ((Node.Scalar) year).text() + " ").orElse("");
    return step.option("owner")
        .map(owner -> "© " + since + context.renderAll(owner, Map.of()))
        .orElse("In the public domain");
  }
}
