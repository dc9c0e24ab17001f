package dev.gitvan.job;

import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One step of a declarative job, as written.
 *
 * @param type the step type, such as {@code template}
 * @param label its {@code name}, or empty
 * @param condition its {@code when} expression, or empty: always
 * @param env additional environment variables of the step's processes; values are templates
 * @param timeout time limit of this step; null: the job's
 * @param value the value of the type's key
 * @param options the step's other keys, such as {@code to} and {@code for-each}
 * @param place location of the step
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

  /** The value of an option. */
  public Optional<Node> option(String key) {
    return Optional.ofNullable(options.get(key));
  }

  /** The step's name, or its type if it has none. */
  public String displayName() {
    return label.isEmpty() ? type : label;
  }
}
