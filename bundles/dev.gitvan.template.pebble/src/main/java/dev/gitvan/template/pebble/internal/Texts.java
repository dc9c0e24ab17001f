package dev.gitvan.template.pebble.internal;

/** Values as text. */
final class Texts {
  private Texts() {}

  /** A value as it is printed, as long as that may be held in memory. */
  static String of(Object value, Rendering rendering) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    var out = new MemoryWriter(rendering);
    out.write(value);
    return out.text();
  }
}
