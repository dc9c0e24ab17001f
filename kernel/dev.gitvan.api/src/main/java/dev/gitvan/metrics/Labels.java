package dev.gitvan.metrics;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Labels of operations and counters. */
final class Labels {
  private Labels() {}

  /** An unmodifiable copy, sorted by name. */
  static Map<String, String> sorted(Map<String, String> labels) {
    return labels.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** {@code name} or {@code name{key=value,...}}. */
  static String format(String name, Map<String, String> labels) {
    if (labels.isEmpty()) {
      return name;
    }
    var text = new StringBuilder(name).append('{');
    labels.forEach((key, value) -> text.append(key).append('=').append(value).append(','));
    text.setCharAt(text.length() - 1, '}');
    return text.toString();
  }
}
