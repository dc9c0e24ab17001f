package dev.gitvan.job;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import dev.gitvan.schema.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys of a step type. Job files are checked against it before the step type sees a step, and
 * {@code gitvan config schema} prints it for editors. Immutable.
 *
 * @param value the value of the type's own key
 * @param options the other keys that a step of the type may have, besides the common ones
 * @param requires by option, the options without which it cannot be given
 */
public record StepSchema(
    Schema value, Map<String, Schema> options, Map<String, Set<String>> requires) {
  /** The keys that every step may have. */
  public static final Set<String> COMMON_KEYS = Set.of("name", "when", "env", "secrets", "timeout");

  public StepSchema {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    requires = Collections.unmodifiableMap(new LinkedHashMap<>(requires));
  }

  /** A step type without options. */
  public static StepSchema of(Schema value) {
    return new StepSchema(value, Map.of(), Map.of());
  }

  /**
   * The same with one more option.
   *
   * @param needs options without which it cannot be given
   */
  public StepSchema with(String key, Schema schema, String... needs) {
    var more = new LinkedHashMap<>(options);
    more.put(key, schema);
    var requirements = new LinkedHashMap<>(requires);
    if (needs.length > 0) {
      requirements.put(key, Set.of(needs));
    }
    return new StepSchema(value, more, requirements);
  }

  /**
   * Everything that is wrong with the values of a step, with places; empty when nothing is. Options
   * that are not in the schema are ignored.
   */
  public List<Problem> check(StepSpec step) {
    var problems = new ArrayList<Problem>();
    value.check(step.value(), step.type(), problems::add);
    step.options()
        .forEach(
            (key, node) -> {
              if (options.containsKey(key)) {
                options.get(key).check(node, key, problems::add);
                checkNeeded(step, key, node, problems);
              }
            });
    return List.copyOf(problems);
  }

  private void checkNeeded(StepSpec step, String key, Node node, List<Problem> problems) {
    for (var needed : requires.getOrDefault(key, Set.of())) {
      if (step.option(needed).isEmpty()) {
        problems.add(
            new Problem(
                Codes.CONFIG_REQUIRED,
                node.place().toString(),
                key + " without " + needed,
                "Add " + needed + ", or remove " + key + "."));
      }
    }
  }
}
