package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.extension.escaper.SafeString;
import java.lang.reflect.Array;
import java.time.temporal.TemporalAccessor;
import java.util.AbstractList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What templates hold values to be. */
final class Values {
  private Values() {}

  /** Nothing, false, zero, the empty text and what has no items are false; the rest is true. */
  static boolean isTrue(Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value == null) {
      return false;
    }
    if (value instanceof Number number) {
      double d = number.doubleValue();
      return d != 0 && !Double.isNaN(d);
    }
    if (value instanceof CharSequence || value instanceof SafeString) {
      return !value.toString().isEmpty();
    }
    if (value instanceof Map<?, ?> map) {
      return !map.isEmpty();
    }
    var items = items(value);
    return items == null || hasItems(items);
  }

  private static boolean hasItems(Iterable<?> items) {
    if (items instanceof Collection<?> collection) {
      return !collection.isEmpty();
    }
    var iterator = items.iterator();
    try {
      return iterator.hasNext();
    } finally {
      close(iterator);
    }
  }

  /** What a loop goes over: a map's entries, a list's or array's items; null when it has none. */
  static Iterable<?> items(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet();
    }
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

  /** A value's kind as people call it. */
  static String kind(Object value) {
    if (value == null) {
      return "nothing";
    }
    if (value instanceof CharSequence || value instanceof SafeString) {
      return "a string";
    }
    if (value instanceof Number) {
      return "a number";
    }
    if (value instanceof Boolean) {
      return "true or false";
    }
    if (value instanceof Map) {
      return "a map";
    }
    if (value instanceof TemporalAccessor) {
      return "a date";
    }
    return items(value) != null ? "a list" : "an object";
  }
}
