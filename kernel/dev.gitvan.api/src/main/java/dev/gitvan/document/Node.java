package dev.gitvan.document;

import dev.gitvan.diagnostics.Excerpt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a document with its location. Immutable. */
public sealed interface Node {
  Place place();

  /**
   * The value without locations: {@code Map<String, Object>} in the document's order, {@code List},
   * {@code String}, {@code Boolean}, {@code Long}, {@code BigInteger}, {@code Double} or null. Maps
   * and lists are unmodifiable.
   */
  Object value();

  /** The value for people: its kind, or what is written, shortened. */
  default String describe() {
    if (this instanceof Mapping) {
      return "a mapping";
    }
    if (this instanceof Sequence) {
      return "a list";
    }
    var text = ((Scalar) this).text();
    var shown = Excerpt.of(text, 40);
    return value() instanceof String ? '"' + shown + '"' : shown.isEmpty() ? "empty" : shown;
  }

  /**
   * A mapping.
   *
   * @param entries in the document's order
   * @param keyPlaces location of each key
   */
  record Mapping(Place place, Map<String, Node> entries, Map<String, Place> keyPlaces)
      implements Node {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
      keyPlaces = Collections.unmodifiableMap(new LinkedHashMap<>(keyPlaces));
    }

    @Override
    public Map<String, Object> value() {
      var map = new LinkedHashMap<String, Object>();
      entries.forEach((key, node) -> map.put(key, node.value()));
      return Collections.unmodifiableMap(map);
    }
  }

  /** A sequence. */
  record Sequence(Place place, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public List<Object> value() {
      var list = new ArrayList<Object>(items.size());
      items.forEach(node -> list.add(node.value()));
      return Collections.unmodifiableList(list);
    }
  }

  /**
   * A scalar.
   *
   * @param value see {@link Node#value()}
   * @param text the scalar as it was written
   */
  record Scalar(Place place, Object value, String text) implements Node {}
}
