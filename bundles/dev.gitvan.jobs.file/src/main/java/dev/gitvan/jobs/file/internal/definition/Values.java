package dev.gitvan.jobs.file.internal.definition;

import dev.gitvan.config.Quantities;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads values of the types that jobs have. What does not fit is found wrong, and not returned. */
public final class Values {
  /** The longest that a job or a step may be given. */
  public static final Duration MAX_TIMEOUT = Duration.ofDays(7);

  private Values() {}

  /** A non-blank string. */
  public static Optional<String> text(Node node, String key, Findings findings) {
    if (node instanceof Node.Scalar scalar
        && scalar.value() instanceof String text
        && !text.isBlank()) {
      return Optional.of(text);
    }
    findings.type(node, key, "a string");
    return Optional.empty();
  }

  /** The text with every run of white space as one space. */
  static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  /** A string, or a number or flag as written. */
  public static Optional<String> scalar(Node node, String key, Findings findings) {
    if (node instanceof Node.Scalar scalar && scalar.value() != null) {
      return Optional.of(scalar.text());
    }
    findings.type(node, key, "a string or a number");
    return Optional.empty();
  }

  /** A list of strings; a single string is a list of one. */
  public static List<String> texts(Node node, String key, Findings findings) {
    if (!(node instanceof Node.Sequence list)) {
      return text(node, key, findings).map(List::of).orElse(List.of());
    }
    var texts = new ArrayList<String>();
    list.items().forEach(item -> text(item, "an entry of " + key, findings).ifPresent(texts::add));
    if (list.items().isEmpty()) {
      findings.required(
          list.place(), key + " is empty", "Add at least one entry, or remove the key.");
    }
    return texts;
  }

  /** A mapping. */
  public static Optional<Node.Mapping> mapping(Node node, String key, Findings findings) {
    if (node instanceof Node.Mapping mapping) {
      return Optional.of(mapping);
    }
    findings.type(node, key, "a mapping");
    return Optional.empty();
  }

  /** A whole number in a range. */
  public static Optional<Integer> whole(
      Node node, String key, int min, int max, Findings findings) {
    boolean number = node instanceof Node.Scalar scalar && scalar.value() instanceof Number;
    double value = number ? ((Number) ((Node.Scalar) node).value()).doubleValue() : Double.NaN;
    if (!number || value != Math.rint(value)) {
      findings.type(node, key, "a whole number from " + min + "–" + max);
      return Optional.empty();
    }
    if (((Node.Scalar) node).value() instanceof BigInteger || value < min || value > max) {
      findings.add(
          Codes.CONFIG_RANGE,
          node.place(),
          key + " must be " + min + "–" + max + ", but is " + Findings.describe(node),
          "Choose a number in that range.");
      return Optional.empty();
    }
    return Optional.of((int) value);
  }

  /** A time limit: {@code JOB_TIMEOUT_INVALID} for anything but a positive duration. */
  public static Optional<Duration> timeout(Node node, Findings findings) {
    var limit = node instanceof Node.Scalar scalar ? Quantities.duration(scalar.text()) : null;
    if (limit == null
        || limit.isEmpty()
        || limit.get().isZero()
        || limit.get().compareTo(MAX_TIMEOUT) > 0) {
      findings.add(
          Codes.JOB_TIMEOUT_INVALID,
          node.place(),
          "timeout must be a duration from 1ms to "
              + MAX_TIMEOUT.toDays()
              + "d, but is "
              + Findings.describe(node),
          "Write for example 500ms, 30s, 5m or 2h.");
      return Optional.empty();
    }
    return limit;
  }

  /** Variables for a process; values are templates. */
  public static Map<String, String> environment(Node node, Findings findings) {
    var environment = new LinkedHashMap<String, String>();
    mapping(node, "env", findings)
        .ifPresent(
            mapping ->
                mapping
                    .entries()
                    .forEach(
                        (name, value) -> {
                          if (!isVariable(name, mapping.keyPlaces().get(name), findings)) {
                            return;
                          }
                          if (value instanceof Node.Scalar scalar
                              && scalar.value() instanceof String text) {
                            environment.put(name, text);
                          } else {
                            scalar(value, "env." + name, findings)
                                .ifPresent(text -> environment.put(name, text));
                          }
                        }));
    return environment;
  }

  /** Names of environment variables. */
  public static List<String> variables(Node node, String key, Findings findings) {
    return texts(node, key, findings).stream()
        .filter(name -> isVariable(name, node.place(), findings))
        .toList();
  }

  private static boolean isVariable(String name, Place place, Findings findings) {
    if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf(0) >= 0) {
      findings.add(
          Codes.CONFIG_RANGE,
          place,
          "not a valid name of an environment variable: " + name,
          "Use letters, digits and underscores.");
      return false;
    }
    return true;
  }
}
