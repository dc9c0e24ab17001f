package dev.gitvan.kernel.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 over strings and values, the same for equal content whatever the order of its keys. */
public final class Digests {
  private Digests() {}

  /** SHA-256 of a string's UTF-8, in hexadecimal. */
  public static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A value with the keys of all its mappings sorted, arrays as lists. */
  public static Object sorted(Object value) {
    if (value instanceof Map<?, ?> map) {
      var copy = new TreeMap<String, Object>();
      map.forEach((key, item) -> copy.put(String.valueOf(key), sorted(item)));
      return copy;
    }
    if (value instanceof Object[] array) {
      return sorted(List.of(array));
    }
    if (value instanceof Collection<?> items) {
      var copy = new ArrayList<>(items.size());
      items.forEach(item -> copy.add(sorted(item)));
      return copy;
    }
    return value;
  }
}
