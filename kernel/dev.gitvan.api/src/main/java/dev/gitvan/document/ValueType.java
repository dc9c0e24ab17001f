package dev.gitvan.document;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Type of a value, as {@link Node#value()} returns it. */
public enum ValueType {
  STRING(String.class),
  NUMBER(Number.class),
  BOOLEAN(Boolean.class),
  LIST(List.class),
  MAPPING(Map.class);

  private final Class<?> type;

  ValueType(Class<?> type) {
    this.type = type;
  }

  /** Whether a value is of this type. Null is of none. */
  public boolean accepts(Object value) {
    return type.isInstance(value);
  }

  /** The name in lower case, with its article: {@code a string}. */
  @Override
  public String toString() {
    return "a " + name().toLowerCase(Locale.ROOT);
  }
}
