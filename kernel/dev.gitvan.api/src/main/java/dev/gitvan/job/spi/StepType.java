package dev.gitvan.job.spi;

import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import dev.gitvan.job.StepSpec;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of step in declarative jobs. Register it as a service with {@link GitVanStep}. Safe for
 * any thread.
 */
@ConsumerType
public interface StepType {
  /** The keys that such a step may have beside its type's and the common ones. */
  Set<String> options();

  /**
   * What is wrong with a step as written, with places; empty when nothing is. Called when the job
   * is read, before anything runs.
   */
  List<Problem> validate(StepSpec step);

  /**
   * The texts of a step that are templates, so that their syntax is checked when the job is read.
   * Lists and mappings stand for all texts in them.
   */
  default List<Node> templates(StepSpec step) {
    return List.of();
  }

  /**
   * Runs it. In a dry run it changes nothing and tells {@link JobContext#planned} what it would do.
   *
   * @throws dev.gitvan.diagnostics.GitVanException for a failure that the user can understand
   * @throws Exception for every other failure: the run ends as {@code STEP_FAILED}
   */
  StepResult run(StepContext context, StepSpec step) throws Exception;
}
