package dev.gitvan.jobs.file.internal.run;

import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import dev.gitvan.extension.Extension;
import dev.gitvan.job.StepSchema;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.spi.StagingNeed;
import dev.gitvan.job.spi.StepContext;
import dev.gitvan.job.spi.StepResult;
import dev.gitvan.job.spi.StepType;
import java.util.List;

/**
 * A step type that a bundle contributes, called through the kernel, which isolates each call and
 * knows that the bundle is in use.
 *
 * @param schema the type's, asked for once
 */
record InstalledStep(Extension<StepType, String> extension, StepSchema schema) implements StepType {

  @Override
  public List<Problem> validate(StepSpec step) {
    return checked(extension.call(type -> type.validate(step)));
  }

  @Override
  public List<Node> templates(StepSpec step) {
    return checked(extension.call(type -> type.templates(step)));
  }

  @Override
  public List<StagingNeed> needs(StepSpec step) {
    return checked(extension.call(type -> type.needs(step)));
  }

  @Override
  public StepResult run(StepContext context, StepSpec step) throws Exception {
    var answer = extension.call(type -> type.run(context, step));
    if (answer.failure() instanceof Error error) {
      throw error;
    }
    if (answer.failure() != null) {
      throw (Exception) answer.failure();
    }
    return answer.value();
  }

  private static <R> R checked(Extension.Answer<R> answer) {
    if (answer.failure() instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (answer.failure() != null) {
      throw new IllegalStateException(answer.failure());
    }
    return answer.value();
  }
}
