package dev.gitvan.template.internal;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Copies of values as filters and functions take and return them: strings, numbers, booleans,
 * unmodifiable lists, and maps with string keys. Nothing in a copy is of a bundle's own class.
 */
final class PlainValues {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_PARTS = 1_000_000;

  private static final Set<Class<?>> NUMBERS =
      Set.of(
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class);

  private final boolean lenient;
  private int parts;

  private PlainValues(boolean lenient) {
    this.lenient = lenient;
  }

  /** A value has something in it that is not plain, or too much. */
  static final class NotPlainException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean given;

    NotPlainException(String message, boolean given) {
      super(message);
      this.given = given;
    }

    /** Whether the template gave the value, and not the filter or function. */
    boolean isGiven() {
      return given;
    }
  }

  /** A value of a template, for a filter or function. Objects become the text that they print. */
  static Object given(Object value) {
    return new PlainValues(true).copy(value, 0);
  }

  /**
   * What a filter or function returned.
   *
   * @throws NotPlainException when it is not plain
   */
  static Object returned(Object value) {
    return new PlainValues(false).copy(value, 0);
  }

  private Object copy(Object value, int depth) {
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || NUMBERS.contains(value.getClass())) {
      return value;
    }
    if (depth > MAX_DEPTH) {
      throw new NotPlainException("a value is nested over " + MAX_DEPTH + " deep", lenient);
    }
    if (value instanceof Map<?, ?> map) {
      var copy = new LinkedHashMap<String, Object>();
      for (var entry : map.entrySet()) {
        count();
        copy.put(String.valueOf(entry.getKey()), copy(entry.getValue(), depth + 1));
      }
      return Collections.unmodifiableMap(copy);
    }
    if (value instanceof Iterable<?> items && !(value instanceof java.nio.file.Path)) {
      return list(items, depth);
    }
    if (value.getClass().isArray()) {
      return list(elements(value), depth);
    }
    if (lenient || value instanceof CharSequence) {
      return value.toString();
    }
    throw new NotPlainException(
        "it returned "
            + value.getClass().getName()
            + ", which is not a string, number, boolean, list or map",
        lenient);
  }

  private List<Object> list(Iterable<?> items, int depth) {
    var copy = new ArrayList<>();
    for (var item : items) {
      count();
      copy.add(copy(item, depth + 1));
    }
    return Collections.unmodifiableList(copy);
  }

  private static List<Object> elements(Object array) {
    var elements = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) {
      elements.add(Array.get(array, i));
    }
    return elements;
  }

  private void count() {
    if (++parts > MAX_PARTS) {
      throw new NotPlainException("a value has over 1,000,000 parts", lenient);
    }
  }
}
