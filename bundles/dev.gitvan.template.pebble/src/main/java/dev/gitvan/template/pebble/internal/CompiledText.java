package dev.gitvan.template.pebble.internal;

import java.util.Map;

/**
 * A template that was compiled by itself, and the unit that it was last linked into. Safe for any
 * thread.
 */
final class CompiledText {
  private final Template template;
  private final Map<String, Integer> references;
  private volatile Unit unit;

  /**
   * @param references to other templates, as they are written, with the line of each
   */
  CompiledText(Template template, Map<String, Integer> references) {
    this.template = template;
    this.references = references;
  }

  Template template() {
    return template;
  }

  Map<String, Integer> references() {
    return references;
  }

  /** Null when there was none. */
  Unit unit() {
    return unit;
  }

  /** Remembers the unit for as long as this is kept. */
  void linked(Unit next) {
    unit = next;
  }
}
