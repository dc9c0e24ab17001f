package dev.gitvan.jobs.file.internal.definition;

import dev.gitvan.document.Documents;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Inputs as processes see them: {@code GITVAN_INPUT_NAME}. */
public final class InputVariables {
  private InputVariables() {}

  /** The variable of an input: upper case, every other sign an underscore. */
  public static String name(String input) {
    return "GITVAN_INPUT_" + input.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /**
   * The variables of inputs: strings unchanged, null as an empty string, lists and mappings as
   * JSON.
   */
  public static Map<String, String> of(Map<String, Object> inputs, Documents documents) {
    var variables = new LinkedHashMap<String, String>();
    inputs.forEach(
        (input, value) ->
            variables.put(
                name(input),
                value == null
                    ? ""
                    : value instanceof String text ? text : documents.toJson(value)));
    return variables;
  }
}
