package dev.gitvan.template.internal.rendered;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one rendering looks at, with the digest of each value when it was seen first. For one
 * thread.
 */
final class Observation {
  /** The variable that is another one in each run. */
  private static final String NOW = "now";

  private static final byte[] ABSENT = {};

  private final Map<Read, byte[]> seen = new LinkedHashMap<>();
  private final Map<String, String> identities = new HashMap<>();
  private final Map<Read, byte[]> before;
  private Map<String, ?> data = Map.of();
  private boolean refused;
  private boolean spoilt;

  /**
   * @param before digests of values that were looked at just now
   */
  Observation(Map<Read, byte[]> before) {
    this.before = before;
  }

  /** The data that variables are given from. */
  void data(Map<String, ?> given) {
    data = given;
  }

  Map<String, ?> data() {
    return data;
  }

  /** A template was loaded. */
  void template(String name, String identity) {
    var before = identities.putIfAbsent(name, identity);
    if (before == null) {
      seen.put(new Read(Read.Kind.TEMPLATE, name), ValueDigest.ofTexts(identity));
    } else if (!before.equals(identity)) {
      // Edited meanwhile: nobody can tell which of the two the output is of.
      spoilt = true;
    }
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

  private byte[] first(Read read) {
    var known = before.get(read);
    return known == null ? digest(data, read) : known;
  }

  private void see(Read read, byte[] digest) {
    if (digest == null) {
      spoilt = true;
    } else {
      seen.put(read, digest);
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
      if (read.kind() != Read.Kind.TEMPLATE
          && !Arrays.equals(each.getValue(), digest(data, read))) {
        return false;
      }
    }
    return true;
  }

  Trace trace() {
    return new Trace(seen.keySet().stream().toList());
  }

  /** The digests in the trace's order. */
  Iterable<byte[]> digests() {
    return seen.values();
  }

  /** The identity with which a template was loaded; null when it was not. */
  String identity(String name) {
    return identities.get(name);
  }

  /** The digest of what data has for a read; null when there is none to be had. */
  static byte[] digest(Map<String, ?> data, Read read) {
    if (read.kind() == Read.Kind.VARIABLE) {
      var value = data.get(read.name());
      if (value == null) {
        return data.containsKey(read.name()) ? ValueDigest.of(null) : ABSENT;
      }
      // What is lazy is compared value by value; here only that it is.
      return value instanceof LazyValues ? ValueDigest.ofTexts("lazy") : ValueDigest.of(value);
    }
    int dot = read.name().indexOf('.');
    return data.get(read.name().substring(0, dot)) instanceof LazyValues values
            && !values.isOpenEnded(read.name().substring(dot + 1))
        ? ValueDigest.of(values.get(read.name().substring(dot + 1)))
        : null;
  }
}
