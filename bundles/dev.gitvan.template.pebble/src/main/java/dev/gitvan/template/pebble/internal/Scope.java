package dev.gitvan.template.pebble.internal;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The variables of one scope, which may be null. Two are held without a map: few scopes have more,
 * a loop's has its item and {@code loop}. For one thread.
 */
final class Scope {
  private String first;
  private Object firstValue;
  private String second;
  private Object secondValue;
  private Map<String, Object> more;
  private boolean local;

  /**
   * Begins again.
   *
   * @param variables used as they are; null: none yet
   * @param isLocal whether what is around it cannot be seen from it
   */
  void begin(Map<String, Object> variables, boolean isLocal) {
    first = null;
    firstValue = null;
    second = null;
    secondValue = null;
    more = variables;
    local = isLocal;
  }

  boolean isLocal() {
    return local;
  }

  /** The value; {@link Scopes#MISSING} when there is no such variable. */
  Object find(String name) {
    if (first != null) {
      if (same(first, name)) {
        return firstValue;
      }
      if (second != null && same(second, name)) {
        return secondValue;
      }
    }
    if (more != null) {
      var value = more.get(name);
      if (value != null || more.containsKey(name)) {
        return value;
      }
    }
    return Scopes.MISSING;
  }

  boolean has(String name) {
    return find(name) != Scopes.MISSING;
  }

  void put(String name, Object value) {
    if (first == null ? more == null : same(first, name)) {
      first = name;
      firstValue = value;
    } else if (first != null && (second == null ? more == null : same(second, name))) {
      second = name;
      secondValue = value;
    } else {
      if (more == null) {
        more = new HashMap<>();
      }
      more.put(name, value);
    }
  }

  /** The names of its variables. */
  Set<String> names() {
    var names = new LinkedHashSet<String>();
    if (first != null) {
      names.add(first);
    }
    if (second != null) {
      names.add(second);
    }
    if (more != null) {
      names.addAll(more.keySet());
    }
    return names;
  }

  /** Strings know their hashes: hardly any two that differ are compared. */
  private static boolean same(String a, String b) {
    return a == b || a.hashCode() == b.hashCode() && a.equals(b);
  }
}
