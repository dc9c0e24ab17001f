package dev.gitvan.template.internal.rendered;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The objects that a value consists of, in order. What has a digest holds strings, numbers and the
 * like, none of which can change: with the same objects in the same places it is the same value.
 */
final class Snapshot {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_OBJECTS = 1 << 16;

  private static final Object END = new Object();

  private final List<Object> objects;

  private Snapshot(List<Object> objects) {
    this.objects = objects;
  }

  /** Takes one; null of what has too many objects, or is being changed. */
  static Snapshot of(Object value) {
    var objects = new ArrayList<>();
    return walk(value, object -> objects.size() < MAX_OBJECTS && objects.add(object))
        ? new Snapshot(objects)
        : null;
  }

  /** Whether a value consists of the very same objects. */
  boolean isOf(Object value) {
    var next = objects.iterator();
    return walk(value, object -> next.hasNext() && next.next() == object) && !next.hasNext();
  }

  /** Takes an object; false ends the walk. */
  private interface Step {
    boolean on(Object object);
  }

  private static boolean walk(Object value, Step step) {
    try {
      return walk(value, 0, step);
    } catch (RuntimeException e) {
      return false; // A map that is being changed.
    }
  }

  private static boolean walk(Object value, int depth, Step step) {
    // Classes first: to find out that a string is not a map takes longer than all the rest.
    if (value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean) {
      return step.on(value);
    }
    if (depth > MAX_DEPTH) {
      return false;
    }
    if (value instanceof Map<?, ?> map) {
      if (!step.on(value.getClass())) {
        return false;
      }
      for (var entry : map.entrySet()) {
        if (!walk(entry.getKey(), depth + 1, step) || !walk(entry.getValue(), depth + 1, step)) {
          return false;
        }
      }
      return step.on(END);
    }
    if (value instanceof Collection<?> items) {
      if (!step.on(value.getClass())) {
        return false;
      }
      for (var item : items) {
        if (!walk(item, depth + 1, step)) {
          return false;
        }
      }
      return step.on(END);
    }
    return step.on(value);
  }
}
