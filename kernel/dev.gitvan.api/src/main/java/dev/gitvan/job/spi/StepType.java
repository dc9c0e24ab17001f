package dev.gitvan.job.spi;

import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import dev.gitvan.job.StepSchema;
import dev.gitvan.job.StepSpec;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of step in declarative jobs. Register it as a service with {@link GitVanStep}. Safe for
 * any thread.
 */
@ConsumerType
public interface StepType {
  /** The keys of such a step, and what their values must be. The same each time. */
  StepSchema schema();

  /**
   * What is wrong with a step as written, with places; empty when nothing is. Called when the job
   * is read, before anything runs, and only for steps that the {@link #schema} allows.
   */
  default List<Problem> validate(StepSpec step) {
    return List.of();
  }

  /**
   * The strings of a step that are templates, so that their syntax is checked when the job is read,
   * if the {@link #schema} allows the step. Lists and mappings stand for all strings in them.
   */
  default List<Node> templates(StepSpec step) {
    return List.of();
  }

  /**
   * What a step is certain to stage when it runs, so that a run that cannot succeed is refused
   * before its first step. Not asked of a step with a condition, which may be skipped. Strings that
   * are templates are not known yet.
   */
  default List<StagingNeed> needs(StepSpec step) {
    return List.of();
  }

  /**
   * Runs it. In a dry run it changes nothing and reports what it would do with {@link
   * JobContext#planned}.
   *
   * @throws dev.gitvan.diagnostics.GitVanException for a failure that the user can understand
   * @throws Exception for every other failure: the run ends as {@code STEP_FAILED}
   */
  StepResult run(StepContext context, StepSpec step) throws Exception;
}
