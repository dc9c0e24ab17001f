package dev.gitvan.config.internal.setting;

import static dev.gitvan.config.internal.setting.JobSchema.described;
import static dev.gitvan.config.internal.setting.JobSchema.ref;
import static dev.gitvan.config.internal.setting.JobSchema.text;
import static dev.gitvan.config.internal.setting.Schemas.ordered;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the JSON Schema says of steps: everything about GitVan's own types, and nothing about those
 * of plugins, which it must let pass.
 */
final class StepSchema {
  private static final List<String> TYPES =
      List.of("template", "run", "commit", "tag", "note", "job");

  private StepSchema() {}

  static Map<String, Object> step() {
    var properties = new LinkedHashMap<String, Object>();
    properties.put("name", text("What later templates know its outputs by: steps.NAME."));
    properties.put("when", text("An expression; the step is skipped when it does not hold."));
    properties.put("env", environment());
    properties.put("timeout", described(ref("duration"), "Limit of this step."));
    properties.putAll(types());
    properties.putAll(templateOptions());
    return ordered(
        "type",
        "object",
        "description",
        "One action: exactly one key names its type.",
        "properties",
        properties,
        "minProperties",
        1,
        "if",
        ordered("anyOf", TYPES.stream().map(type -> Map.of("required", List.of(type))).toList()),
        "then",
        ordered(
            "propertyNames",
            ordered("enum", List.copyOf(properties.keySet())),
            "oneOf",
            TYPES.stream().map(type -> Map.of("required", List.of(type))).toList(),
            "dependentRequired",
            ordered(
                "to",
                List.of("template"),
                "data",
                List.of("template"),
                "for-each",
                List.of("template", "to"),
                "concurrency",
                List.of("for-each"),
                "priority",
                List.of("for-each"))));
  }

  private static Map<String, Object> types() {
    var types = new LinkedHashMap<String, Object>();
    types.put("template", text("A template's name, below templates.dir or the worktree."));
    types.put(
        "run",
        ordered(
            "anyOf",
            List.of(
                Map.of("type", "string"),
                ordered("type", "array", "items", Map.of("type", "string"), "minItems", 1)),
            "description",
            "A command. A list is run without a shell, and its elements are templates. A text is"
                + " run by the platform's shell and is none: inputs are in GITVAN_INPUT_NAME."));
    types.put(
        "commit",
        action(
            "Commits paths as they are in the worktree. No change is no commit.",
            ordered(
                "message",
                text("The message, a template."),
                "paths",
                ordered(
                    "type",
                    "array",
                    "items",
                    Map.of("type", "string"),
                    "minItems",
                    1,
                    "description",
                    "Files, or folders with all that is below; templates."))));
    types.put(
        "tag",
        action(
            "Makes an annotated tag of the run's last commit.",
            ordered(
                "name", text("The tag's name, a template."),
                "message", text("The message, a template."))));
    types.put(
        "note",
        action(
            "Adds a note to the run's last commit.",
            ordered(
                "ref",
                text("The notes ref, below refs/notes/; a template."),
                "message",
                text("The note, a template."))));
    var job =
        action(
            "Runs another job inside this run's transaction.",
            ordered(
                "name",
                text("The job's name."),
                "inputs",
                ordered("type", "object", "description", "Its inputs; texts are templates.")));
    job.put("required", List.of("name"));
    types.put("job", job);
    return types;
  }

  private static Map<String, Object> templateOptions() {
    return ordered(
        "to",
        text(
            "The file that is written, below the worktree; a template. Without it the template's"
                + " own front matter says where its output goes."),
        "data",
        ordered("type", "object", "description", "What the template sees beside its own names."),
        "for-each",
        ordered(
            "anyOf",
            List.of(Map.of("type", "string"), Map.of("type", "array")),
            "description",
            "One render for each item: a glob of JSON or YAML files, or a list. The template sees"
                + " it as item."),
        "concurrency",
        ordered(
            "type",
            "integer",
            "minimum",
            1,
            "maximum",
            64,
            "description",
            "Renders at one time; default: one for each core."),
        "priority",
        ordered(
            "type",
            List.of("string", "number"),
            "description",
            "Items with a higher one come first; a template."));
  }

  static Map<String, Object> environment() {
    return ordered(
        "type",
        "object",
        "additionalProperties",
        Map.of("type", List.of("string", "number", "boolean")),
        "description",
        "Environment variables.");
  }

  private static Map<String, Object> action(String description, Map<String, Object> properties) {
    return ordered(
        "type",
        "object",
        "description",
        description,
        "properties",
        properties,
        "required",
        List.copyOf(properties.keySet()),
        "additionalProperties",
        false);
  }
}
