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
        "Chains of checks by hook point: a Git hook such as pre-commit, or a GitVan point such"
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
        "The chain of one hook point.",
        "properties",
        ordered(
            "parallel",
            described(
                HookRules.PARALLEL.schema(), "Whether the checks run in parallel; default: false."),
            "jobs",
            ordered(
                "type", "array", "description", "The checks, in order.", "items", ref("hookJob"))),
        "required",
        List.of("jobs"),
        "additionalProperties",
        false);
  }

  static Map<String, Object> job() {
    var strings =
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
            JobSchema.text("Name in reports and in GITVAN_SKIP."),
            "run",
            ordered(
                "anyOf",
                strings,
                "description",
                "Command. A list runs without a shell, a string in the platform's shell."
                    + " {staged_files} becomes quoted parameters."),
            "job",
            JobSchema.text("Job to run instead of a command."),
            "inputs",
            ordered("type", "object", "description", "Inputs of the job."),
            "glob",
            ordered("anyOf", strings, "description", "Globs of the files to check."),
            "exclude",
            ordered("anyOf", strings, "description", "Globs of files to leave out."),
            "timeout",
            described(ref("duration"), "Time limit of this check."),
            "env",
            StepJsonSchema.environment()),
        "oneOf",
        List.of(Map.of("required", List.of("run")), Map.of("required", List.of("job"))),
        "additionalProperties",
        false);
  }
}
