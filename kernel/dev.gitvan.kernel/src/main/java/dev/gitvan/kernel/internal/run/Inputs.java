package dev.gitvan.kernel.internal.run;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobOrder;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The inputs of a run: the definition's defaults, overridden by what was given. Names that the
 * definition does not declare are refused, also when it declares none.
 */
final class Inputs {
  private static final int MAX_CHARS = 1024 * 1024;

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
    var merged = new LinkedHashMap<>(declared);
    merged.putAll(given);
    return Collections.unmodifiableMap(merged);
  }

  private static String known(Map<String, Object> declared) {
    return declared.isEmpty()
        ? "The job declares no inputs."
        : "Its inputs are " + String.join(", ", declared.keySet()) + ".";
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
