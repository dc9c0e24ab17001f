package dev.gitvan.jobs.file.internal.definition;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import dev.gitvan.job.StepSchema;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.spi.StepType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reads {@code steps:} with the step types that are installed. */
final class StepReader {
  private final Map<String, StepType> types;
  private final TextCheck texts;
  private final Findings findings;

  StepReader(Map<String, StepType> types, TextCheck texts, Findings findings) {
    this.types = types;
    this.texts = texts;
    this.findings = findings;
  }

  List<StepSpec> read(Node node) {
    if (!(node instanceof Node.Sequence list)) {
      findings.type(node, "steps", "a list of steps");
      return List.of();
    }
    if (list.items().isEmpty()) {
      findings.required(list.place(), "the job has no steps", "Add one.");
    }
    var steps = new ArrayList<StepSpec>();
    var names = new HashSet<String>();
    for (var item : list.items()) {
      Values.mapping(item, "a step", findings)
          .flatMap(this::step)
          .ifPresent(
              step -> {
                if (!step.label().isEmpty() && !names.add(step.label())) {
                  findings.add(
                      Codes.CONFIG_DUPLICATE_KEY,
                      step.place(),
                      "two steps are named " + step.label(),
                      "Rename one of them: steps." + step.label() + " must be unique.");
                }
                steps.add(step);
              });
    }
    return steps;
  }

  private Optional<StepSpec> step(Node.Mapping step) {
    var present = new TreeSet<>(step.entries().keySet());
    present.retainAll(types.keySet());
    if (present.size() != 1) {
      if (present.isEmpty()) {
        findings.add(noType(step));
      } else {
        findings.add(
            Codes.CONFIG_TYPE,
            step.place(),
            "a step has one type, but this one has " + String.join(" and ", present),
            "Split it into two steps.");
      }
      return Optional.empty();
    }
    var key = present.first();
    var type = types.get(key);
    var schema = type.schema();
    var known = new HashSet<>(schema.options().keySet());
    known.addAll(StepSchema.COMMON_KEYS);
    known.add(key);
    findings.unknownKeys(step, known, "a step of type " + key);
    var spec = spec(step, key, schema);
    if (!spec.condition().isEmpty()) {
      texts.expression(step.entries().get("when").place(), spec.condition(), findings);
    }
    if (step.entries().containsKey("env")) {
      check(step.entries().get("env"));
    }
    var problems = schema.check(spec);
    problems.forEach(findings::add);
    if (problems.isEmpty()) {
      validate(spec, type);
    }
    return Optional.of(spec);
  }

  private void validate(StepSpec spec, StepType type) {
    try {
      type.validate(spec).forEach(findings::add);
      type.templates(spec).forEach(this::check);
    } catch (RuntimeException e) {
      // A plugin's fault must not take the other jobs along.
      findings.add(
          Codes.INTERNAL,
          spec.place(),
          "the step type " + spec.type() + " could not check this step: " + e,
          "Report it to the author of its plugin.");
    }
  }

  private StepSpec spec(Node.Mapping step, String key, StepSchema schema) {
    var entries = step.entries();
    var options = new LinkedHashMap<String, Node>();
    entries.forEach(
        (name, node) -> {
          if (schema.options().containsKey(name)) {
            options.put(name, node);
          }
        });
    return StepSpec.builder(key, entries.get(key), step.place())
        .label(text(entries.get("name"), "name"))
        .condition(text(entries.get("when"), "when"))
        .env(environment(entries.get("env")))
        .secrets(secrets(entries.get("secrets")))
        .timeout(timeout(entries.get("timeout")))
        .options(options)
        .build();
  }

  private String text(Node node, String key) {
    return node == null ? "" : Values.scalar(node, key, findings).orElse("");
  }

  private Map<String, String> environment(Node node) {
    return node == null ? Map.of() : Values.environment(node, findings);
  }

  private List<String> secrets(Node node) {
    return node == null ? List.of() : Values.variables(node, "secrets", findings);
  }

  private Duration timeout(Node node) {
    return node == null ? null : Values.timeout(node, findings).orElse(null);
  }

  private void check(Node node) {
    if (node instanceof Node.Scalar scalar && scalar.value() instanceof String text) {
      texts.template(scalar.place(), text, findings);
    } else if (node instanceof Node.Sequence list) {
      list.items().forEach(this::check);
    } else if (node instanceof Node.Mapping mapping) {
      mapping.entries().values().forEach(this::check);
    }
  }

  /**
   * No key names an installed type: the one that was meant is the first that nothing else knows.
   */
  private Problem noType(Node.Mapping step) {
    var options = new HashSet<>(StepSchema.COMMON_KEYS);
    types.values().forEach(type -> options.addAll(type.schema().options().keySet()));
    var installed = new TreeSet<>(types.keySet());
    var all = "The step types are " + String.join(", ", installed) + ".";
    return step.entries().keySet().stream()
        .filter(key -> !options.contains(key))
        .findFirst()
        .map(
            key ->
                new Problem(
                    Codes.JOB_NO_HANDLER,
                    step.keyPlaces().get(key).toString(),
                    "there is no step type " + key,
                    Nearest.sentence(key, installed, all)))
        .orElseGet(
            () ->
                new Problem(
                    Codes.CONFIG_REQUIRED,
                    step.place().toString(),
                    "no key names the type of this step",
                    all));
  }
}
