package dev.gitvan.template.mustache.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A template that was parsed by itself, and the unit it was last linked into. */
final class ParsedTemplate {
  private final String name;
  private final List<Node> nodes;
  private final Map<String, Integer> partials = new LinkedHashMap<>();
  private volatile Unit unit;

  ParsedTemplate(String name, List<Node> nodes) {
    this.name = name;
    this.nodes = nodes;
    collect(nodes);
  }

  private void collect(List<Node> from) {
    for (var node : from) {
      if (node instanceof Node.Partial partial) {
        partials.putIfAbsent(partial.reference(), partial.line());
      } else if (node instanceof Node.Section section) {
        collect(section.body());
      }
    }
  }

  String name() {
    return name;
  }

  List<Node> nodes() {
    return nodes;
  }

  /** The templates that it names, as written, with the line of the first. */
  Map<String, Integer> partials() {
    return partials;
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
