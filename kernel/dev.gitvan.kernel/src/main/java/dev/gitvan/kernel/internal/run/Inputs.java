package dev.gitvan.kernel.internal.run;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobInput;
import dev.gitvan.job.JobOrder;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The inputs of a run: the definition's defaults, overridden by what was given. Names that the
 * definition does not declare are refused, also when it declares none, and so are values that do
 * not fit their declaration. Messages never have the value of a secret input.
 */
final class Inputs {
  private static final int MAX_CHARS = 1024 * 1024;
  private static final int MAX_SHOWN = 40;

  private final String job;
  private long chars;

  private Inputs(String job) {
    this.job = job;
  }

  static Map<String, Object> merge(JobDefinition definition, Map<String, Object> given) {
    var declared = definition.inputs();
    var check = new Inputs(definition.name());
    for (var name : given.keySet()) {
      if (!declared.containsKey(name)) {
        throw GitVanException.of(
            Codes.JOB_INPUT_INVALID,
            definition.name(),
            "there is no input " + name,
            Nearest.sentence(name, declared.keySet(), known(declared)));
      }
      check.value(name, given.get(name), 0);
    }
    var merged = new LinkedHashMap<String, Object>();
    declared.forEach(
        (name, input) -> {
          var value = given.containsKey(name) ? given.get(name) : input.defaultValue();
          check.declaration(name, input, value);
          merged.put(name, value);
        });
    return Collections.unmodifiableMap(merged);
  }

  private static String known(Map<String, JobInput> declared) {
    return declared.isEmpty()
        ? "The job declares no inputs."
        : "Its inputs are " + String.join(", ", declared.keySet()) + ".";
  }

  private void declaration(String name, JobInput input, Object value) {
    if (value == null) {
      if (input.required()) {
        throw refused(
            Codes.JOB_INPUT_INVALID,
            "input " + name + " is required",
            input.secret()
                ? "Pass it in a document on standard input: --inputs -."
                : "Pass it with -i " + name + "=VALUE.");
      }
    } else if (!input.type().accepts(value)) {
      throw refused(
          Codes.JOB_INPUT_INVALID,
          "input " + name + " must be " + input.type().description() + shown(input, value),
          "Pass " + input.type().description() + ".");
    } else if (!input.permits(value)) {
      var choices = input.choices().stream().map(String::valueOf).toList();
      throw refused(
          Codes.JOB_INPUT_INVALID,
          "input " + name + " must be one of " + String.join(", ", choices) + shown(input, value),
          input.secret()
              ? "Pass one of them."
              : Nearest.sentence(value.toString(), choices, "Pass one of them."));
    }
  }

  private static String shown(JobInput input, Object value) {
    if (input.secret()) {
      return "";
    }
    if (value instanceof Map || value instanceof Collection) {
      return ", but is " + (value instanceof Map ? "a mapping" : "a list");
    }
    var text = value.toString();
    var start = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
    return ", but is " + (value instanceof String ? '"' + start + '"' : start);
  }

  private void value(String name, Object value, int depth) {
    if (depth > JobOrder.MAX_DEPTH) {
      throw refused(
          Codes.PAYLOAD_TOO_DEEP,
          "input " + name + " is nested more than " + JobOrder.MAX_DEPTH + " levels deep",
          "Reduce the nesting.");
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, item) -> {
            text(name, String.valueOf(key));
            value(name, item, depth + 1);
          });
    } else if (value instanceof Collection<?> items) {
      items.forEach(item -> value(name, item, depth + 1));
    } else if (value instanceof String text) {
      text(name, text);
    } else if (value == null || value instanceof Boolean || value instanceof Number) {
      text(name, "");
    } else {
      throw refused(
          Codes.JOB_INPUT_INVALID,
          "input " + name + " is a " + value.getClass().getName(),
          "Pass a string, number, boolean, list or map.");
    }
  }

  private void text(String name, String text) {
    chars += text.length() + 1L;
    if (chars > MAX_CHARS) {
      throw refused(
          Codes.PAYLOAD_TOO_LARGE,
          "the inputs are larger than 1 MiB, at input " + name,
          "Put large data into a file and pass its path.");
    }
  }

  private GitVanException refused(ErrorCode code, String what, String remedy) {
    return GitVanException.of(code, job, what, remedy);
  }
}
