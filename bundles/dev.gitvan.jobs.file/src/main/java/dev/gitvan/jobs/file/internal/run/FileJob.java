package dev.gitvan.jobs.file.internal.run;

import dev.gitvan.config.Configuration;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.extension.ExtensionGoneException;
import dev.gitvan.extension.Selection;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.spi.Job;
import dev.gitvan.job.spi.JobContext;
import dev.gitvan.job.spi.JobResult;
import dev.gitvan.job.spi.StagingNeed;
import dev.gitvan.job.spi.StepResult;
import dev.gitvan.job.spi.StepType;
import dev.gitvan.template.Templates.TemplateSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a job that is written as steps does: one step after the other, until one fails. */
public final class FileJob implements Job {
  private final RunServices services;
  private final List<StepSpec> steps;

  public FileJob(RunServices services, List<StepSpec> steps) {
    this.services = services;
    this.steps = List.copyOf(steps);
  }

  @Override
  public JobResult run(JobContext context) throws Exception {
    steps.stream()
        .flatMap(step -> step.secrets().stream())
        .forEach(name -> context.secret(context.environment().get(name)));
    var worktree = context.worktree();
    var configuration = context.configuration();
    var templates = services.templates().openForRun(worktree, configuration, context.dryRun());
    var outputs = new LinkedHashMap<String, Object>();
    try (var data =
        services.templates().data(worktree, configuration, context.now(), context.environment())) {
      var visible = new LinkedHashMap<String, Object>(data.map());
      visible.put("inputs", context.inputs());
      visible.put("steps", Collections.unmodifiableMap(outputs));
      var shared = Collections.<String, Object>unmodifiableMap(visible);
      for (var step : steps) {
        context.checkpoint();
        var result =
            context.step(
                step.type(),
                step.displayName(),
                step.timeout(),
                () -> run(step, new StepScope(services, context, templates, shared, step)));
        outputs.put(step.displayName(), result.outputs());
      }
    }
    return new JobResult(dev.gitvan.job.RunStatus.OK, "", Map.copyOf(outputs));
  }

  @Override
  public List<StagingNeed> needs(Configuration configuration) {
    var types = services.types().all(Selection.of(configuration));
    return steps.stream()
        .filter(step -> step.condition().isEmpty() && types.containsKey(step.type()))
        .flatMap(step -> types.get(step.type()).needs(step).stream())
        .toList();
  }

  private StepResult run(StepSpec step, StepScope scope) throws Exception {
    try {
      if (!holds(step, scope.templates(), scope.data())) {
        return StepResult.skipped("when: " + step.condition());
      }
      var result = call(step, scope);
      if (result == null || result.outputs() == null) {
        throw new IllegalStateException("the step type " + step.type() + " returned no result");
      }
      return result;
    } catch (GitVanException | InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new GitVanException(
          new dev.gitvan.diagnostics.Problem(
              Codes.STEP_FAILED,
              step.place().toString(),
              "the step " + step.displayName() + " failed: " + describe(e),
              "Run it with -v to see where."),
          e);
    }
  }

  /** Calls the step's type; again, where it was replaced between finding and calling it. */
  private StepResult call(StepSpec step, StepScope scope) throws Exception {
    StepType tried = null;
    while (true) {
      var type = services.types().all(scope.selection()).get(step.type());
      if (type == null || type == tried) {
        throw GitVanException.of(
            Codes.JOB_NO_HANDLER,
            step.place().toString(),
            "the step type "
                + step.type()
                + (type == null ? " is not installed any more" : " cannot be activated"),
            "Install its plugin again; gitvan diag shows what is missing.");
      }
      try {
        return type.run(scope, step);
      } catch (ExtensionGoneException e) {
        tried = type;
      }
    }
  }

  private static boolean holds(StepSpec step, TemplateSet templates, Map<String, Object> data) {
    return step.condition().isEmpty()
        || Inline.at(step.place(), name -> templates.test(name, step.condition(), data));
  }

  private static String describe(Exception failure) {
    var message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
