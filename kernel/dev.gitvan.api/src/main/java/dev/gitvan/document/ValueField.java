package dev.gitvan.document;

import dev.gitvan.diagnostics.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A named, typed value that somebody declares: a datum of a hook point, a parameter of an event
 * predicate.
 *
 * @param required whether the value must be present
 * @param description one sentence without its full stop
 */
public record ValueField(String name, ValueType type, boolean required, String description) {
  public ValueField {
    Objects.requireNonNull(type, "type");
    if (!name.matches("[a-z][A-Za-z0-9-]*")) {
      throw new IllegalArgumentException(
          "a field's name begins with a lower-case letter, followed by letters, digits and dashes: "
              + name);
    }
    if (description.isBlank()) {
      throw new IllegalArgumentException("the field " + name + " has no description");
    }
  }

  /** A field whose value must be present. */
  public static ValueField required(String name, ValueType type, String description) {
    return new ValueField(name, type, true, description);
  }

  /** A field whose value may be absent. */
  public static ValueField optional(String name, ValueType type, String description) {
    return new ValueField(name, type, false, description);
  }

  /**
   * Compares values with their declaration.
   *
   * @return what does not agree, one sentence without its full stop each; empty when all agree
   */
  public static List<String> mismatches(Collection<ValueField> fields, Map<String, ?> values) {
    var mismatches = new ArrayList<String>();
    for (var field : fields) {
      var value = values.get(field.name());
      if (value == null && field.required()) {
        mismatches.add(field.name() + " is missing");
      } else if (value != null && !field.type().accepts(value)) {
        mismatches.add(field.name() + " must be " + field.type());
      }
    }
    var names = fields.stream().map(ValueField::name).toList();
    var all = names.isEmpty() ? "There are none" : "The names are " + String.join(", ", names);
    for (var name : values.keySet()) {
      if (!names.contains(name)) {
        mismatches.add(name + " is not known. " + Nearest.sentence(name, names, all));
      }
    }
    return mismatches;
  }
}
