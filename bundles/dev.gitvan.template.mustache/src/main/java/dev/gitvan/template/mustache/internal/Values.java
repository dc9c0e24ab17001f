package dev.gitvan.template.mustache.internal;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.AbstractList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What templates hold values to be. */
final class Values {
  /** What there is of a name that is not there. */
  static final Object MISSING = new Object();

  private Values() {}

  /** Nothing, false, zero, the empty text and the empty list are false. */
  static boolean isTrue(Object value) {
    if (value == null || value == MISSING) {
      return false;
    }
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof Number number) {
      return number.doubleValue() != 0 && !Double.isNaN(number.doubleValue());
    }
    if (value instanceof CharSequence text) {
      return !text.isEmpty();
    }
    var items = items(value);
    if (items == null) {
      return true;
    }
    var iterator = items.iterator();
    try {
      return iterator.hasNext();
    } finally {
      close(iterator);
    }
  }

  /** What a section goes over; null when it is no list. */
  static Iterable<?> items(Object value) {
    if (value instanceof Iterable<?> iterable && !(value instanceof java.nio.file.Path)) {
      return iterable;
    }
    return value != null && value.getClass().isArray() ? listOf(value) : null;
  }

  private static List<Object> listOf(Object array) {
    return new AbstractList<>() {
      @Override
      public Object get(int index) {
        return Array.get(array, index);
      }

      @Override
      public int size() {
        return Array.getLength(array);
      }
    };
  }

  /** Ends an iteration that was left early, where that can be said. */
  static void close(Iterator<?> iterator) {
    if (iterator instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
      }
    }
  }

  /** What a value has under a name; {@link #MISSING} when it has no such thing. */
  static Object member(Object value, String name) {
    if (value instanceof Map<?, ?> map) {
      var member = map.get(name);
      return member != null || map.containsKey(name) ? member : MISSING;
    }
    if (value instanceof Map.Entry<?, ?> entry) {
      return switch (name) {
        case "key" -> entry.getKey();
        case "value" -> entry.getValue();
        default -> MISSING;
      };
    }
    if (name.equals("length")) {
      if (value instanceof Collection<?> list) {
        return (long) list.size();
      }
      return value instanceof CharSequence text
          ? (long) Character.codePointCount(text, 0, text.length())
          : MISSING;
    }
    return MISSING;
  }

  /** The names that a value has. */
  static Collection<String> names(Object value) {
    return value instanceof Map<?, ?> map
        ? map.keySet().stream().map(String::valueOf).toList()
        : List.of();
  }

  /** A scalar as it is printed. */
  static String text(Object value) {
    return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
  }
}
