package dev.gitvan.template.internal.rendered;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * What there was for a read.
 *
 * @param digest part of the output's key
 * @param snapshot identifies the same value faster than its digest; null when there is none
 */
record Seen(byte[] digest, Snapshot snapshot) {
  private static final Seen ABSENT = new Seen(new byte[0], null);

  /** A template, filter or function, by its identity. */
  static Seen identity(String identity) {
    return new Seen(identity.getBytes(StandardCharsets.UTF_8), null);
  }

  /** What data has; null when that has no digest. */
  static Seen of(Map<String, ?> data, Read read) {
    if (read.kind() == Read.Kind.LAZY) {
      return ofDigest(lazy(data, read));
    }
    var value = data.get(read.name());
    if (value == null && !data.containsKey(read.name())) {
      return ABSENT;
    }
    if (value instanceof LazyValues) {
      // What is lazy is compared value by value; here only that it is.
      return ofDigest(ValueDigest.ofTexts("lazy"));
    }
    // In this order: a change between the two is found.
    var snapshot = value == null ? null : Snapshot.of(value);
    var digest = ValueDigest.of(value);
    return digest == null ? null : new Seen(digest, snapshot);
  }

  private static Seen ofDigest(byte[] digest) {
    return digest == null ? null : new Seen(digest, null);
  }

  private static byte[] lazy(Map<String, ?> data, Read read) {
    int dot = read.name().indexOf('.');
    return data.get(read.name().substring(0, dot)) instanceof LazyValues values
            && !values.isOpenEnded(read.name().substring(dot + 1))
        ? ValueDigest.of(values.get(read.name().substring(dot + 1)))
        : null;
  }

  /** Whether data has the same now. */
  boolean isStill(Map<String, ?> data, Read read) {
    if (snapshot != null && snapshot.isOf(data.get(read.name()))) {
      return true;
    }
    var now = of(data, read);
    return now != null && Arrays.equals(digest, now.digest);
  }
}
