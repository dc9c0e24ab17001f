package dev.gitvan.diagnostics;

/** Strings from outside, shortened for messages. Safe for any thread. */
public final class Excerpt {
  private Excerpt() {}

  /**
   * The beginning of a string, with {@code …} in place of the rest. No character is cut in half.
   *
   * @param characters maximum length, in characters of Unicode, without the ellipsis; at least 0
   */
  public static String of(String text, int characters) {
    return text.length() <= characters || text.codePointCount(0, text.length()) <= characters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, characters)) + "…";
  }
}
