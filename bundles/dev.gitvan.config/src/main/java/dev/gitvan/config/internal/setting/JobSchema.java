package dev.gitvan.config.internal.setting;

import static dev.gitvan.config.internal.setting.Schemas.ordered;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the JSON Schema says of jobs and their triggers. The bundle that reads jobs is another one;
 * its tests hold the keys here against those that it takes.
 */
final class JobSchema {
  private static final List<String> INPUT_KEYS =
      List.of("type", "required", "choices", "default", "secret", "description");

  private JobSchema() {}

  static Map<String, Object> jobs() {
    return ordered(
        "type",
        List.of("object", "null"),
        "description",
        "Jobs by name; the keys are those of a job file.",
        "propertyNames",
        Map.of("pattern", "^[A-Za-z0-9][A-Za-z0-9._-]*(:[A-Za-z0-9][A-Za-z0-9._-]*)*$"),
        "additionalProperties",
        ref("job"));
  }

  static Map<String, Object> job() {
    return ordered(
        "type",
        "object",
        "description",
        "A named unit of work.",
        "properties",
        ordered(
            "$schema",
            text("Location of this schema, for editors."),
            "description",
            text("One-line description, shown by gitvan job list."),
            "on",
            ordered(
                "type",
                "array",
                "items",
                ref("trigger"),
                "description",
                "Triggers; any of them starts the job. gitvan run needs none."),
            "inputs",
            ordered(
                "type",
                "object",
                "description",
                "Declared inputs: a declaration, or only a default value; -i name=value overrides"
                    + " it.",
                "additionalProperties",
                ordered("if", isDeclaration(), "then", ref("input"))),
            "timeout",
            described(ref("duration"), "Time limit of one attempt; default: 10m."),
            "retries",
            retries(),
            "priority",
            ordered(
                "enum",
                List.of("high", "normal", "low"),
                "default",
                "normal",
                "description",
                "Priority among waiting runs."),
            "steps",
            ordered(
                "type",
                "array",
                "items",
                ref("step"),
                "minItems",
                1,
                "description",
                "Steps, in order."),
            "then",
            ordered(
                "type",
                "array",
                "items",
                Map.of("type", "string"),
                "description",
                "Jobs to start after this job's transaction has been applied.")),
        "required",
        List.of("steps"),
        "additionalProperties",
        false);
  }

  /** Has a key of a declaration; other mappings are default values. */
  private static Map<String, Object> isDeclaration() {
    return ordered(
        "type",
        "object",
        "anyOf",
        INPUT_KEYS.stream().map(key -> Map.of("required", List.of(key))).toList());
  }

  static Map<String, Object> input() {
    return ordered(
        "type",
        "object",
        "description",
        "The declaration of an input.",
        "properties",
        ordered(
            "type",
            ordered(
                "enum",
                List.of("any", "string", "number", "integer", "boolean", "list", "mapping"),
                "default",
                "any",
                "description",
                "Type of its values."),
            "required",
            flag("Whether each run must be given a value."),
            "choices",
            ordered("type", "array", "minItems", 1, "description", "The permitted values."),
            "default",
            ordered("description", "Value of runs that are given none."),
            "secret",
            flag("Whether its values are hidden in output and receipts."),
            "description",
            text("One-line description, shown by gitvan job show.")),
        "additionalProperties",
        false);
  }

  private static Map<String, Object> flag(String description) {
    return ordered("type", "boolean", "default", false, "description", description);
  }

  private static Map<String, Object> retries() {
    return ordered(
        "type",
        "object",
        "description",
        "Retries of failed attempts.",
        "properties",
        ordered(
            "max",
            ordered(
                "type",
                "integer",
                "minimum",
                0,
                "maximum",
                10,
                "description",
                "Maximum number of attempts after the first."),
            "backoff",
            described(
                ref("duration"),
                "Wait before the second attempt; doubled before each further attempt.")),
        "additionalProperties",
        false);
  }

  static Map<String, Object> trigger() {
    return ordered(
        "type",
        "object",
        "description",
        "One trigger. It fires when all its keys match.",
        "properties",
        ordered(
            "push",
            globs("Globs of branches that moved."),
            "tag",
            globs("Globs of created tags."),
            "paths",
            globs("Globs of paths; at least one must have changed."),
            "commit",
            ordered(
                "type",
                "object",
                "description",
                "Regular expressions (RE2) that a commit must match.",
                "properties",
                ordered(
                    "message",
                    text("Found in the message."),
                    "author",
                    text("Found in the author's email address.")),
                "minProperties",
                1,
                "additionalProperties",
                false),
            "merge",
            ordered(
                "type",
                "object",
                "description",
                "Merges.",
                "properties",
                ordered("into", globs("Globs of the target branches.")),
                "required",
                List.of("into"),
                "additionalProperties",
                false),
            "hook",
            text("A Git hook, such as post-merge."),
            "schedule",
            text("Cron expression with five fields: minute hour day month weekday."),
            "timezone",
            text("Time zone of the schedule, such as Europe/Berlin; default: UTC.")),
        "dependentRequired",
        Map.of("timezone", List.of("schedule")),
        "minProperties",
        1,
        "additionalProperties",
        false);
  }

  private static Map<String, Object> globs(String description) {
    return ordered(
        "anyOf",
        List.of(
            Map.of("type", "string"),
            ordered("type", "array", "items", Map.of("type", "string"), "minItems", 1)),
        "description",
        description);
  }

  static Map<String, Object> text(String description) {
    return ordered("type", "string", "description", description);
  }

  static Map<String, Object> ref(String definition) {
    return Map.of("$ref", "#/$defs/" + definition);
  }

  static Map<String, Object> described(Map<String, Object> schema, String description) {
    var described = new LinkedHashMap<>(schema);
    described.put("description", description);
    return described;
  }
}
