package dev.gitvan.jobs.file.internal.step;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.StepSchema;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.spi.GitVanStep;
import dev.gitvan.job.spi.Staging.NoteSpec;
import dev.gitvan.job.spi.StagingNeed;
import dev.gitvan.job.spi.StepContext;
import dev.gitvan.job.spi.StepResult;
import dev.gitvan.job.spi.StepType;
import dev.gitvan.schema.Schema;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** {@code note}: a note on the run's last commit. */
@Component(service = StepType.class)
@GitVanStep(type = "note")
public final class NoteStep implements StepType {
  private static final StepSchema SCHEMA =
      StepSchema.of(
          Schema.mapping("Adds a note to the run's last commit.")
              .require("ref", Schema.text("The notes ref, below refs/notes/; a template."))
              .require("message", Schema.text("The note, a template.")));

  private static final String NOTES = "refs/notes/";

  /** Where GitVan keeps receipts. */
  private static final String OWN = "refs/notes/gitvan/";

  @Override
  public StepSchema schema() {
    return SCHEMA;
  }

  @Override
  public List<Problem> validate(StepSpec step) {
    // Text that an engine may still change is judged when it is rendered.
    if (StepValues.entry(step, "ref") instanceof Node.Scalar ref
        && ref.text().matches("[A-Za-z0-9/._-]+")) {
      try {
        checked(ref.place(), ref.text());
      } catch (GitVanException e) {
        return List.of(e.problem());
      }
    }
    return List.of();
  }

  @Override
  public List<Node> templates(StepSpec step) {
    return List.of(step.value());
  }

  @Override
  public List<StagingNeed> needs(StepSpec step) {
    return List.of(
        new StagingNeed.Note(StepValues.literal(StepValues.entry(step, "ref")).orElse(null)));
  }

  @Override
  public StepResult run(StepContext context, StepSpec step) {
    var job = context.job();
    var ref = checked(StepValues.entry(step, "ref").place(), StepValues.text(context, step, "ref"));
    var message = StepValues.text(context, step, "message");
    if (!job.dryRun() || !Unknown.isIn(ref)) {
      job.staging().note(new NoteSpec(ref, message));
    }
    if (job.dryRun()) {
      job.planned(new PlannedEffect("note", ref, message));
      return StepResult.ok("would add a note to " + ref, Map.of("ref", ref));
    }
    return StepResult.ok("added a note to " + ref, Map.of("ref", ref));
  }

  private static String checked(Place place, String ref) {
    StepValues.name(place, "note.ref", ref);
    if (!ref.startsWith(NOTES) || ref.length() == NOTES.length()) {
      throw GitVanException.of(
          Codes.REF_INVALID,
          place.toString(),
          ref + " is not below " + NOTES,
          "Write for example refs/notes/review.");
    }
    if ((ref + "/").startsWith(OWN)) {
      throw GitVanException.of(
          Codes.REF_INVALID,
          place.toString(),
          "refs below refs/notes/gitvan are reserved for GitVan",
          "Use another name, such as refs/notes/review.");
    }
    return ref;
  }
}
