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
  private JobSchema() {}

  static Map<String, Object> jobs() {
    return ordered(
        "type",
        List.of("object", "null"),
        "description",
        "Jobs by name, with the same keys as a job file.",
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
            text("Where editors find this."),
            "description",
            text("One line for gitvan job list."),
            "on",
            ordered(
                "type",
                "array",
                "items",
                ref("trigger"),
                "description",
                "What starts the job: any of these. Running it by hand needs none."),
            "inputs",
            ordered(
                "type",
                "object",
                "description",
                "Declared inputs with their defaults; -i name=value overrides them."),
            "timeout",
            described(ref("duration"), "Limit of one attempt; default: 10m."),
            "retries",
            retries(),
            "priority",
            ordered(
                "enum",
                List.of("high", "normal", "low"),
                "default",
                "normal",
                "description",
                "The order in which waiting runs start."),
            "steps",
            ordered(
                "type",
                "array",
                "items",
                ref("step"),
                "minItems",
                1,
                "description",
                "What it does, in order."),
            "then",
            ordered(
                "type",
                "array",
                "items",
                Map.of("type", "string"),
                "description",
                "Jobs that are started once this one's transaction has been applied.")),
        "required",
        List.of("steps"),
        "additionalProperties",
        false);
  }

  private static Map<String, Object> retries() {
    return ordered(
        "type",
        "object",
        "description",
        "How often a failed attempt is tried again.",
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
                "Attempts after the first."),
            "backoff",
            described(ref("duration"), "Wait before the second attempt; it doubles each time.")),
        "additionalProperties",
        false);
  }

  static Map<String, Object> trigger() {
    return ordered(
        "type",
        "object",
        "description",
        "One way to start the job. All its keys must hold.",
        "properties",
        ordered(
            "push",
            globs("Branches that moved, as globs."),
            "tag",
            globs("Tags that were created, as globs."),
            "paths",
            globs("Paths of which at least one changed, as globs."),
            "commit",
            ordered(
                "type",
                "object",
                "description",
                "Commits, as regular expressions (RE2) that are found in them.",
                "properties",
                ordered(
                    "message", text("In the message."), "author", text("In the author's address.")),
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
                ordered("into", globs("Branches that were merged into, as globs.")),
                "required",
                List.of("into"),
                "additionalProperties",
                false),
            "hook",
            text("One of Git's hooks, such as post-merge."),
            "schedule",
            text("A cron expression of five fields: minute hour day month weekday."),
            "timezone",
            text("The schedule's time zone, such as Europe/Berlin; default: UTC.")),
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
