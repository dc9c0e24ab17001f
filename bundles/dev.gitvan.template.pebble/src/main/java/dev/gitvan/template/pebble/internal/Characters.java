package dev.gitvan.template.pebble.internal;

import dev.gitvan.diagnostics.Excerpt;

/**
 * Strings by their characters, which are Unicode code points: no operation cuts a surrogate pair in
 * half.
 */
final class Characters {
  private static final int SHOWN = 40;

  private Characters() {}

  /** The number of characters. */
  static int count(CharSequence text) {
    return Character.codePointCount(text, 0, text.length());
  }

  /** The characters from an index to another, exclusive; those that there are. */
  static String slice(CharSequence text, long from, long to) {
    int length = count(text);
    if (from >= Math.min(to, length)) {
      return "";
    }
    int start = offset(text, (int) from);
    return text.subSequence(start, to >= length ? text.length() : offset(text, (int) to))
        .toString();
  }

  /** The character at an index; null when there is none. */
  static String at(CharSequence text, long index) {
    var character = slice(text, index, index + 1);
    return character.isEmpty() ? null : character;
  }

  /** The index of a character, given its offset in the string. */
  static int index(CharSequence text, int offset) {
    return Character.codePointCount(text, 0, offset);
  }

  /** The offset in the string of a character, given its index. */
  static int offset(CharSequence text, int index) {
    return Character.offsetByCodePoints(text, 0, index);
  }

  /** Compares by characters: UTF-16 has some in another order. */
  static int compare(CharSequence a, CharSequence b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Character.isSurrogate(x) == Character.isSurrogate(y)
            ? Character.compare(x, y)
            : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** The beginning of a value, for messages. */
  static String shortened(String text) {
    return Excerpt.of(text, SHOWN);
  }
}
