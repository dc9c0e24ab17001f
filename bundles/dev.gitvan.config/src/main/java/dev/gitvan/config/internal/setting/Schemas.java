package dev.gitvan.config.internal.setting;

import java.util.LinkedHashMap;
import java.util.Map;

/** Builds JSON Schemas. */
final class Schemas {
  private Schemas() {}

  /** A map in the order of its entries: keys and values in turn. */
  static Map<String, Object> ordered(Object... entries) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put((String) entries[i], entries[i + 1]);
    }
    return map;
  }
}
