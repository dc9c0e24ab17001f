package dev.gitvan.config.internal.setting;

import static dev.gitvan.config.internal.setting.JobSchema.described;
import static dev.gitvan.config.internal.setting.JobSchema.ref;
import static dev.gitvan.config.internal.setting.Schemas.ordered;

import dev.gitvan.hook.BuiltInHookPoints;
import dev.gitvan.hook.HookPoint;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What the JSON Schema says of {@code hooks}; {@link HookRules} holds the same keys. */
final class HookSchema {
  private HookSchema() {}

  static Map<String, Object> hooks() {
    var points = new TreeSet<>(BuiltInHookPoints.gitNames());
    return ordered(
        "type",
        List.of("object", "null"),
        "description",
        "Chains of checks by hook point: one of Git's, such as pre-commit, or of GitVan's, such"
            + " as job:before.",
        "propertyNames",
        ordered(
            "anyOf",
            List.of(
                Map.of("enum", List.copyOf(points)),
                Map.of("pattern", "^" + HookPoint.EXTENSION_NAME + "$"))),
        "additionalProperties",
        chain());
  }

  private static Map<String, Object> chain() {
    return ordered(
        "type",
        "object",
        "description",
        "What happens at this point.",
        "properties",
        ordered(
            "parallel",
            described(
                HookRules.PARALLEL.schema(), "Whether the jobs run side by side; default: false."),
            "jobs",
            ordered(
                "type", "array", "description", "The checks, in order.", "items", ref("hookJob"))),
        "required",
        List.of("jobs"),
        "additionalProperties",
        false);
  }

  static Map<String, Object> job() {
    var texts =
        List.of(
            Map.of("type", "string"),
            ordered("type", "array", "items", Map.of("type", "string"), "minItems", 1));
    return ordered(
        "type",
        "object",
        "description",
        "One check of a chain.",
        "properties",
        ordered(
            "name",
            JobSchema.text("Its name in reports and in GITVAN_SKIP."),
            "run",
            ordered(
                "anyOf",
                texts,
                "description",
                "A command: a list is run without a shell, a text by the platform's shell."
                    + " {staged_files} becomes quoted parameters."),
            "job",
            JobSchema.text("A job to run instead of a command."),
            "inputs",
            ordered("type", "object", "description", "The job's inputs."),
            "glob",
            ordered("anyOf", texts, "description", "Only these files."),
            "exclude",
            ordered("anyOf", texts, "description", "Not these files."),
            "timeout",
            described(ref("duration"), "Limit of this check."),
            "env",
            StepJsonSchema.environment()),
        "oneOf",
        List.of(Map.of("required", List.of("run")), Map.of("required", List.of("job"))),
        "additionalProperties",
        false);
  }
}
