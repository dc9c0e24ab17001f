package dev.gitvan.config.internal.setting;

import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import java.util.LinkedHashMap;

/** Lays one document over another: mappings merge, everything else is replaced. */
public final class Merge {
  private Merge() {}

  /** {@code over} on {@code base}. A key without a value in {@code over} leaves a mapping alone. */
  public static Node of(Node base, Node over) {
    if (!(base instanceof Node.Mapping under)) {
      return over;
    }
    if (over instanceof Node.Scalar scalar && scalar.value() == null) {
      return base;
    }
    if (!(over instanceof Node.Mapping top)) {
      return over;
    }
    var entries = new LinkedHashMap<>(under.entries());
    var places = new LinkedHashMap<String, Place>(under.keyPlaces());
    top.entries()
        .forEach(
            (key, node) -> {
              entries.merge(key, node, Merge::of);
              places.put(key, top.keyPlaces().get(key));
            });
    return new Node.Mapping(under.place(), entries, places);
  }
}
