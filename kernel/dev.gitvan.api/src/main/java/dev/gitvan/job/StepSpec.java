package dev.gitvan.job;

import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One step of a declarative job, as it was written.
 *
 * @param type the step type, such as {@code template}
 * @param label its {@code name}, or empty
 * @param condition its {@code when} expression, or empty: always
 * @param env added to the environment of what the step starts; values are templates
 * @param timeout limit of this step; null: the job's
 * @param value what stands behind the type's key
 * @param options the step's other keys, such as {@code to} and {@code for-each}
 * @param place where the step stands
 */
public record StepSpec(
    String type,
    String label,
    String condition,
    Map<String, String> env,
    Duration timeout,
    Node value,
    Map<String, Node> options,
    Place place) {
  public StepSpec {
    env = Map.copyOf(env);
    options = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(options));
  }

  /** An option's value. */
  public Optional<Node> option(String key) {
    return Optional.ofNullable(options.get(key));
  }

  /** What to call the step: its name, or its type. */
  public String displayName() {
    return label.isEmpty() ? type : label;
  }
}
