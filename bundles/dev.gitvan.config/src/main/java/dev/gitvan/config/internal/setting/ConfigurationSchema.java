package dev.gitvan.config.internal.setting;

import static dev.gitvan.config.internal.setting.Form.ordered;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schema of {@code gitvan.yaml}: the settings' from their table, jobs and hooks beside.
 */
public final class ConfigurationSchema {
  private ConfigurationSchema() {}

  /** The schema, draft 2020-12, in the order in which it is printed. */
  public static Map<String, Object> document() {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$id", "https://gitvan.dev/schema/gitvan.schema.json");
    schema.put("title", "GitVan configuration");
    schema.put(
        "description",
        "gitvan.yaml, gitvan.json and gitvan-local.*. Job files in .gitvan/jobs have the schema"
            + " #/$defs/job.");
    schema.put("type", "object");
    var properties = properties("");
    properties.put("$schema", ordered("type", "string", "description", "Where editors find this."));
    properties.put("jobs", JobSchema.jobs());
    properties.put("hooks", HookSchema.hooks());
    schema.put("properties", properties);
    schema.put("additionalProperties", false);
    schema.put(
        "$defs",
        ordered(
            "job",
            JobSchema.job(),
            "trigger",
            JobSchema.trigger(),
            "step",
            StepSchema.step(),
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
        Form.Time.PATTERN,
        "description",
        "A duration such as 250ms, 30s, 5m or 2h.");
  }

  private static Map<String, Object> properties(String section) {
    var properties = new LinkedHashMap<String, Object>();
    for (var key : Settings.keys(section)) {
      var path = section.isEmpty() ? key : section + "." + key;
      var setting = Settings.at(path);
      properties.put(key, setting == null ? section(path) : setting(setting));
    }
    return properties;
  }

  private static Map<String, Object> section(String path) {
    return ordered(
        "type",
        List.of("object", "null"),
        "description",
        Settings.purpose(path),
        "properties",
        properties(path),
        "additionalProperties",
        false);
  }

  private static Map<String, Object> setting(Setting<?> setting) {
    var schema = new LinkedHashMap<>(setting.form().schema());
    schema.put("description", setting.description());
    schema.put("default", setting.writtenFallback());
    return schema;
  }
}
