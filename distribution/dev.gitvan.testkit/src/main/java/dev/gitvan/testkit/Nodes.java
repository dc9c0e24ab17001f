package dev.gitvan.testkit;

import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Creates nodes from values, for tests without a document. */
public final class Nodes {
  /** The location of all nodes. */
  public static final Place PLACE = new Place("test.yaml", 1, 1);

  private Nodes() {}

  /** The node of a value of {@link Node#value()}'s types. */
  public static Node of(Object value) {
    if (value instanceof Map<?, ?> map) {
      var entries = new LinkedHashMap<String, Node>();
      var places = new LinkedHashMap<String, Place>();
      map.forEach(
          (key, item) -> {
            entries.put((String) key, of(item));
            places.put((String) key, PLACE);
          });
      return new Node.Mapping(PLACE, entries, places);
    }
    if (value instanceof List<?> list) {
      var items = new ArrayList<Node>();
      list.forEach(item -> items.add(of(item)));
      return new Node.Sequence(PLACE, items);
    }
    var scalar = value instanceof Integer number ? (Object) number.longValue() : value;
    return new Node.Scalar(PLACE, scalar, value == null ? "" : value.toString());
  }
}
