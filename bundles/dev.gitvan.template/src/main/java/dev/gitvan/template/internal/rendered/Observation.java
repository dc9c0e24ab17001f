package dev.gitvan.template.internal.rendered;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one rendering looks at, with each value when it was seen first. For one thread. */
final class Observation {
  /** The variable that is another one in each run. */
  private static final String NOW = "now";

  private final Map<Read, Seen> seen = new LinkedHashMap<>();
  private final Map<String, String> identities = new HashMap<>();
  private final Map<Read, Seen> before;
  private Map<String, ?> data = Map.of();
  private boolean refused;
  private boolean spoilt;

  /**
   * @param before values that were looked at just now
   */
  Observation(Map<Read, Seen> before) {
    this.before = before;
  }

  /** The data that variables are given from. */
  void data(Map<String, ?> given) {
    data = given;
  }

  Map<String, ?> data() {
    return data;
  }

  /** A template was loaded, in the one state that a rendering sees of it. */
  void template(String name, String identity) {
    if (identities.putIfAbsent(name, identity) == null) {
      seen.put(new Read(Read.Kind.TEMPLATE, name), Seen.identity(identity));
    }
  }

  /** A contributed filter or function was called, the same one each time. */
  void extension(Read.Kind kind, String name, String identity) {
    seen.putIfAbsent(new Read(kind, name), Seen.identity(identity));
  }

  /** A variable is about to be given to the template. */
  void variable(String name) {
    var read = new Read(Read.Kind.VARIABLE, name);
    if (!seen.containsKey(read)) {
      see(read, first(read));
    }
    if (name.equals(NOW) && data.containsKey(name)) {
      refuse();
    }
  }

  /** A value of a lazy variable is about to be given to the template. */
  void lazy(String variable, String key, LazyValues values) {
    if (values.isOpenEnded(key)) {
      refuse();
      return;
    }
    var read = new Read(Read.Kind.LAZY, variable + "." + key);
    if (!seen.containsKey(read)) {
      see(read, first(read));
    }
  }

  private Seen first(Read read) {
    var known = before.get(read);
    return known == null ? Seen.of(data, read) : known;
  }

  private void see(Read read, Seen value) {
    if (value == null) {
      spoilt = true;
    } else {
      seen.put(read, value);
    }
  }

  /** The output depends on what cannot be compared, and so it will be next time. */
  void refuse() {
    refused = true;
  }

  /** The output is not to be kept, this time. */
  void spoil() {
    spoilt = true;
  }

  /** Whether the output is that of what was seen: nothing was changed while it was rendered. */
  boolean isSound() {
    if (refused || spoilt) {
      return false;
    }
    for (var each : seen.entrySet()) {
      var read = each.getKey();
      if (read.kind().isData() && !each.getValue().isStill(data, read)) {
        return false;
      }
    }
    return true;
  }

  Trace trace() {
    return new Trace(seen.keySet().stream().toList());
  }

  /** What was seen, in the trace's order. */
  Iterable<Seen> seen() {
    return seen.values();
  }

  /** The identity with which a template was loaded; null when it was not. */
  String identity(String name) {
    return identities.get(name);
  }
}
