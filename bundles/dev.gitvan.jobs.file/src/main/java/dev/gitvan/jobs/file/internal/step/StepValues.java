package dev.gitvan.jobs.file.internal.step;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.spi.StepContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rendered values of steps that are mappings. */
final class StepValues {
  /** Characters with which template engines begin what they replace. */
  private static final Pattern TEMPLATE = Pattern.compile("[{<$#%]");

  private StepValues() {}

  /** An entry of a step's value. */
  static Node entry(StepSpec step, String key) {
    return ((Node.Mapping) step.value()).entries().get(key);
  }

  /** A value as it will be once it is rendered; empty when that may be known only then. */
  static Optional<String> literal(Node node) {
    return Optional.of(((Node.Scalar) node).text().strip())
        .filter(text -> !text.isEmpty() && !TEMPLATE.matcher(text).find());
  }

  /** A rendered text, which must not be blank. */
  static String text(StepContext context, StepSpec step, String key) {
    var node = entry(step, key);
    var text = String.valueOf(context.renderAll(node, Map.of())).strip();
    if (text.isEmpty()) {
      throw empty(node.place(), step.type() + "." + key);
    }
    return text;
  }

  /** Rendered strings, none blank; a single one is a list of one. */
  static List<String> texts(StepContext context, Node node, String key) {
    var rendered = context.renderAll(node, Map.of());
    var texts = new ArrayList<String>();
    for (var item : rendered instanceof List<?> list ? list : List.of(rendered)) {
      var text = String.valueOf(item).strip();
      if (text.isEmpty()) {
        throw empty(node.place(), "an entry of " + key);
      }
      texts.add(text);
    }
    return texts;
  }

  /** Refuses a name that Git would take for an option. */
  static String name(Place place, String key, String name) {
    if (name.startsWith("-")) {
      throw GitVanException.of(
          Codes.ARG_LOOKS_LIKE_OPTION,
          place.toString(),
          key + " is " + name + ", which Git would read as an option",
          "Use a name that does not begin with a dash.");
    }
    return name;
  }

  private static GitVanException empty(Place place, String key) {
    return GitVanException.of(
        Codes.CONFIG_REQUIRED,
        place.toString(),
        key + " is empty after rendering",
        "Check the variables in it.");
  }
}
