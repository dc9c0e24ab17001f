package dev.gitvan.document;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values that agree with their declaration, by type. Immutable.
 *
 * <p>Each getter throws {@link ClassCastException} when the declared type is another one.
 */
public final class FieldValues {
  private final Map<String, Object> values;

  private FieldValues(Map<String, Object> values) {
    this.values = values;
  }

  /**
   * Checks values against their declaration.
   *
   * @throws IllegalArgumentException when they do not agree, with what does not
   */
  public static FieldValues of(Collection<ValueField> fields, Map<String, ?> values) {
    var mismatches = ValueField.mismatches(fields, values);
    if (!mismatches.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", mismatches));
    }
    return new FieldValues(new LinkedHashMap<>(values));
  }

  /** A string; empty when it is absent. */
  public Optional<String> string(String name) {
    return Optional.ofNullable((String) values.get(name));
  }

  /** A number; empty when it is absent. */
  public Optional<Number> number(String name) {
    return Optional.ofNullable((Number) values.get(name));
  }

  /** Whether a boolean is present and true. */
  public boolean isTrue(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  /** The items of a list as strings; empty when it is absent. */
  public List<String> strings(String name) {
    return values.get(name) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }
}
