package dev.gitvan.config.internal.setting;

import static dev.gitvan.config.internal.setting.Schemas.ordered;

import dev.gitvan.config.Quantities;
import dev.gitvan.config.Setting;
import dev.gitvan.job.StepSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schema of {@code gitvan.yaml}: the bundles' sections, jobs and hooks. */
public final class ConfigurationSchema {
  private ConfigurationSchema() {}

  /**
   * The schema, draft 2020-12, in the order in which it is printed.
   *
   * @param steps schemas of the step types, by key
   */
  public static Map<String, Object> document(Sections sections, Map<String, StepSchema> steps) {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$id", "https://gitvan.dev/schema/gitvan.schema.json");
    schema.put("title", "GitVan configuration");
    schema.put(
        "description",
        "gitvan.yaml, gitvan.json and gitvan-local.*. Job files in .gitvan/jobs follow"
            + " #/$defs/job.");
    schema.put("type", "object");
    var properties = properties(sections.builtIn());
    properties.put(Sections.PLUGINS, plugins(sections.plugins()));
    properties.put(
        "$schema",
        ordered("type", "string", "description", "Location of this schema, for editors."));
    properties.put("jobs", JobSchema.jobs());
    properties.put("hooks", HookSchema.hooks());
    schema.put("properties", properties);
    schema.put("additionalProperties", false);
    schema.put(
        "$defs",
        ordered(
            "job",
            JobSchema.job(),
            "input",
            JobSchema.input(),
            "trigger",
            JobSchema.trigger(),
            "step",
            StepJsonSchema.step(steps),
            "duration",
            duration(),
            "hookJob",
            HookSchema.job()));
    return schema;
  }

  private static Map<String, Object> duration() {
    return ordered(
        "type",
        "string",
        "pattern",
        Quantities.DURATION_PATTERN,
        "description",
        "A duration such as 250ms, 30s, 5m or 2h.");
  }

  private static Map<String, Object> properties(Map<String, Sections.Tree> trees) {
    var properties = new LinkedHashMap<String, Object>();
    trees.forEach((key, tree) -> properties.put(key, schema(tree)));
    return properties;
  }

  private static Map<String, Object> schema(Sections.Tree tree) {
    if (tree.setting().isPresent()) {
      return setting(tree.setting().get());
    }
    return ordered(
        "type",
        List.of("object", "null"),
        "description",
        tree.description(),
        "properties",
        properties(tree.children()),
        "additionalProperties",
        false);
  }

  private static Map<String, Object> setting(Setting<?> setting) {
    var schema = new LinkedHashMap<>(setting.type().schema());
    schema.put(
        "description",
        setting.userOnly()
            ? setting.description() + " Only in your own gitvan.yaml."
            : setting.description());
    schema.put("default", setting.writtenDefault());
    return schema;
  }

  /** Sections of plugins that are not installed are allowed. */
  private static Map<String, Object> plugins(Map<String, Sections.Tree> trees) {
    return ordered(
        "type",
        List.of("object", "null"),
        "description",
        "Sections of plugins, by name.",
        "properties",
        properties(trees));
  }
}
