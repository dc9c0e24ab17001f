package dev.gitvan.jobs.file.internal.definition;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import dev.gitvan.job.JobInput;
import dev.gitvan.job.JobInput.Type;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads {@code inputs:}. A mapping with at least one key of a declaration is one; every other value
 * is the default of an input of any type.
 */
final class InputReader {
  static final Set<String> KEYS =
      Set.of("type", "required", "choices", "default", "secret", "description");

  private static final List<String> TYPES = Stream.of(Type.values()).map(Type::toString).toList();

  private final Findings findings;

  InputReader(Findings findings) {
    this.findings = findings;
  }

  Map<String, JobInput> read(Node node) {
    var inputs = new LinkedHashMap<String, JobInput>();
    Values.mapping(node, "inputs", findings)
        .ifPresent(
            mapping -> {
              checkNames(mapping);
              mapping.entries().forEach((name, value) -> inputs.put(name, input(name, value)));
            });
    return inputs;
  }

  private void checkNames(Node.Mapping inputs) {
    var variables = new HashMap<String, String>();
    inputs
        .keyPlaces()
        .forEach(
            (name, place) -> {
              if (!name.matches("[A-Za-z_][A-Za-z0-9_-]{0,99}")) {
                invalid(
                    place,
                    name + " is not a valid input name",
                    "Use letters, digits, dashes and underscores.");
                return;
              }
              var other = variables.put(InputVariables.name(name), name);
              if (other != null) {
                invalid(
                    place,
                    other + " and " + name + " become the same environment variable",
                    "Rename one of them.");
              }
            });
  }

  private JobInput input(String name, Node node) {
    return node instanceof Node.Mapping mapping
            && !Collections.disjoint(mapping.entries().keySet(), KEYS)
        ? declaration("inputs." + name, mapping)
        : JobInput.of(node.value());
  }

  private JobInput declaration(String path, Node.Mapping mapping) {
    checkKeys(path, mapping);
    var entries = mapping.entries();
    var standard = entries.get("default");
    var input =
        JobInput.builder()
            .type(type(path, entries.get("type")))
            .required(flag(path + ".required", entries.get("required")))
            .choices(choices(path + ".choices", entries.get("choices")))
            .defaultValue(standard == null ? null : standard.value())
            .secret(flag(path + ".secret", entries.get("secret")))
            .description(description(path, entries.get("description")))
            .build();
    if (input.secret()) {
      checkSecret(path, mapping);
    } else {
      checkValues(path, input, mapping);
    }
    if (input.required() && standard != null) {
      invalid(
          mapping.keyPlaces().get("default"),
          path + " is required and has a default",
          "Remove one of them.");
    }
    return input;
  }

  private void checkKeys(String path, Node.Mapping mapping) {
    mapping
        .keyPlaces()
        .forEach(
            (key, place) -> {
              if (!KEYS.contains(key)) {
                findings.add(
                    Codes.CONFIG_UNKNOWN_KEY,
                    place,
                    "there is no key " + key + " in the declaration of " + path,
                    Nearest.sentence(
                        key, KEYS, "A default that is a mapping goes below default:."));
              }
            });
  }

  /** What is written in a job file is readable for everybody who has the repository. */
  private void checkSecret(String path, Node.Mapping mapping) {
    for (var key : List.of("default", "choices")) {
      var node = mapping.entries().get(key);
      if (node != null && node.value() != null && !"".equals(node.value())) {
        invalid(
            mapping.keyPlaces().get(key),
            path + " is secret, but its " + key + " would be readable in the repository",
            "Remove it, and replace the secret if it was real.");
      }
    }
  }

  private void checkValues(String path, JobInput input, Node.Mapping mapping) {
    if (mapping.entries().get("choices") instanceof Node.Sequence choices) {
      choices.items().forEach(choice -> checkType(path + ".choices", input.type(), choice));
    }
    var standard = mapping.entries().get("default");
    if (standard == null || standard.value() == null) {
      return;
    }
    checkType(path + ".default", input.type(), standard);
    if (!input.permits(standard.value())) {
      var choices = input.choices().stream().map(String::valueOf).toList();
      invalid(
          standard.place(),
          path + ".default must be one of the choices, but is " + Findings.describe(standard),
          Nearest.sentence(
              String.valueOf(standard.value()), choices, "Choose one of them, or add it."));
    }
  }

  private void checkType(String path, Type type, Node node) {
    if (!type.accepts(node.value())) {
      findings.type(node, path, type.description());
    }
  }

  private Type type(String path, Node node) {
    if (node == null) {
      return Type.ANY;
    }
    var word = node instanceof Node.Scalar scalar ? scalar.text() : "";
    if (!TYPES.contains(word)) {
      findings.add(
          Codes.CONFIG_RANGE,
          node.place(),
          path
              + ".type must be one of "
              + String.join(", ", TYPES)
              + ", but is "
              + Findings.describe(node),
          Nearest.sentence(word, TYPES, "Use one of them."));
      return Type.ANY;
    }
    return Type.values()[TYPES.indexOf(word)];
  }

  private boolean flag(String path, Node node) {
    if (node == null) {
      return false;
    }
    if (node instanceof Node.Scalar scalar && scalar.value() instanceof Boolean flag) {
      return flag;
    }
    findings.type(node, path, "true or false");
    return false;
  }

  private List<Object> choices(String path, Node node) {
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof Node.Sequence list)) {
      findings.type(node, path, "a list");
      return List.of();
    }
    if (list.items().isEmpty()) {
      findings.required(list.place(), path + " is empty", "Add a choice, or remove the key.");
    }
    return list.value();
  }

  private String description(String path, Node node) {
    return node == null
        ? ""
        : Values.text(node, path + ".description", findings).map(Values::oneLine).orElse("");
  }

  private void invalid(Place place, String what, String remedy) {
    findings.add(Codes.JOB_INPUT_INVALID, place, what, remedy);
  }
}
