package dev.gitvan.config.internal.setting;

import static dev.gitvan.config.internal.setting.JobSchema.described;
import static dev.gitvan.config.internal.setting.JobSchema.ref;
import static dev.gitvan.config.internal.setting.JobSchema.text;
import static dev.gitvan.config.internal.setting.Schemas.ordered;

import dev.gitvan.job.StepSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * What the JSON Schema says of steps: everything about the types that are installed, and nothing
 * about others, which another installation may have.
 */
final class StepJsonSchema {
  private StepJsonSchema() {}

  /**
   * The schema of a step.
   *
   * @param types schemas of the step types, by key
   */
  static Map<String, Object> step(Map<String, StepSchema> types) {
    var properties = new LinkedHashMap<String, Object>();
    properties.put("name", text("What later templates know its outputs by: steps.NAME."));
    properties.put("when", text("An expression; the step is skipped when it does not hold."));
    properties.put("env", environment());
    properties.put("secrets", secrets());
    properties.put("timeout", described(ref("duration"), "Limit of this step."));
    var common = List.copyOf(properties.keySet());
    types.forEach((key, type) -> properties.put(key, type.value().json()));
    var schema =
        ordered(
            "type",
            "object",
            "description",
            "One action: exactly one key names its type.",
            "properties",
            properties,
            "minProperties",
            1);
    if (!types.isEmpty()) {
      var rules = new ArrayList<Map<String, Object>>();
      types.forEach((key, type) -> rules.add(rule(key, type, common)));
      schema.put("allOf", rules);
    }
    return schema;
  }

  /** What holds for steps of one type. */
  private static Map<String, Object> rule(String key, StepSchema type, List<String> common) {
    var names = new LinkedHashSet<String>(common);
    names.add(key);
    names.addAll(type.options().keySet());
    var then = ordered("propertyNames", ordered("enum", List.copyOf(names)));
    if (!type.options().isEmpty()) {
      var options = new LinkedHashMap<String, Object>();
      type.options().forEach((option, schema) -> options.put(option, schema.json()));
      then.put("properties", options);
    }
    if (!type.requires().isEmpty()) {
      var requires = new LinkedHashMap<String, Object>();
      type.requires()
          .forEach((option, needed) -> requires.put(option, needed.stream().sorted().toList()));
      then.put("dependentRequired", requires);
    }
    return ordered("if", Map.of("required", List.of(key)), "then", then);
  }

  private static Map<String, Object> secrets() {
    return ordered(
        "type",
        "array",
        "items",
        Map.of("type", "string"),
        "minItems",
        1,
        "description",
        "Environment variables, of env or the caller, whose values are hidden in output and"
            + " receipts.");
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
}
