package dev.gitvan.template.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The arguments of one call of a {@link TemplateFilter} or {@link TemplateFunction}, by the names
 * of their parameters. Immutable.
 *
 * @param values plain values of the arguments that are given; may be null
 */
public record Arguments(Map<String, Object> values) {
  /** No arguments. */
  public static final Arguments NONE = new Arguments(Map.of());

  public Arguments {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** An argument; null when it is not given, or is null. */
  public Object get(String name) {
    return values.get(name);
  }

  /**
   * An argument that is a string.
   *
   * @param fallback returned when it is not given
   * @throws IllegalArgumentException when it is of another type
   */
  public String text(String name, String fallback) {
    var value = get(name);
    if (value == null) {
      return fallback;
    }
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(name + " must be a string");
  }

  /**
   * An argument that is a whole number.
   *
   * @param fallback returned when it is not given
   * @throws IllegalArgumentException when it is of another type or outside the range of long
   */
  public long whole(String name, long fallback) {
    var value = get(name);
    if (value == null) {
      return fallback;
    }
    if (value instanceof Number number && number.doubleValue() == number.longValue()) {
      return number.longValue();
    }
    throw new IllegalArgumentException(name + " must be a whole number");
  }

  /**
   * An argument that is true or false.
   *
   * @param fallback returned when it is not given
   * @throws IllegalArgumentException when it is of another type
   */
  public boolean flag(String name, boolean fallback) {
    var value = get(name);
    if (value == null) {
      return fallback;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw new IllegalArgumentException(name + " must be true or false");
  }
}
