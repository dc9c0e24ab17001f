package dev.gitvan.template.pebble.internal;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Ways to write words. */
final class Words {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern CASE_CHANGE =
      Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

  private Words() {}

  /** How many words there are. */
  static long count(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+").length;
  }

  /** The first letter in upper case, the rest as it is. */
  static String capitalize(String text) {
    int at = 0;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at == text.length()
        ? text
        : text.substring(0, at) + titleCase(text.codePointAt(at)) + rest(text, at);
  }

  private static String titleCase(int letter) {
    return Character.toString(Character.toTitleCase(letter));
  }

  private static String rest(String text, int at) {
    return text.substring(at + Character.charCount(text.codePointAt(at)));
  }

  /** The first letter of every word in upper case. */
  static String title(String text) {
    var out = new StringBuilder(text.length());
    boolean begins = true;
    for (int c : text.codePoints().toArray()) {
      out.appendCodePoint(begins ? Character.toTitleCase(c) : c);
      begins = Character.isWhitespace(c);
    }
    return out.toString();
  }

  /** Letters and digits in lower case without accents, and one hyphen for all between. */
  static String slug(String text) {
    var plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    var slug = NO_WORD.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("-");
    int from = slug.startsWith("-") ? 1 : 0;
    int to = slug.endsWith("-") && slug.length() > 1 ? slug.length() - 1 : slug.length();
    return slug.substring(Math.min(from, to), to);
  }

  /** {@code message_properties} becomes {@code MessageProperties}. */
  static String camelize(String text, boolean lowFirst) {
    var out = new StringBuilder(text.length());
    for (var word : NO_WORD.split(text)) {
      if (!word.isEmpty()) {
        out.append(titleCase(word.codePointAt(0))).append(rest(word, 0));
      }
    }
    var camel = out.toString();
    return lowFirst && !camel.isEmpty()
        ? Character.toString(Character.toLowerCase(camel.codePointAt(0))) + rest(camel, 0)
        : camel;
  }

  /** {@code MessageProperties} becomes {@code message_properties}. */
  static String underscore(String text) {
    var parted = CASE_CHANGE.matcher(text.strip()).replaceAll("_");
    return parted.replaceAll("[\\s-]+", "_").toLowerCase(Locale.ROOT);
  }

  /** {@code message_properties} becomes {@code Message properties}. */
  static String humanize(String text) {
    return capitalize(underscore(text).replace('_', ' ').strip());
  }

  /** {@code 1} becomes {@code 1st}. */
  static String ordinal(String number) {
    if (!number.matches(".*\\d")) {
      return number;
    }
    int last = number.charAt(number.length() - 1) - '0';
    boolean teen = number.length() > 1 && number.charAt(number.length() - 2) == '1';
    if (teen) {
      return number + "th";
    }
    return number
        + switch (last) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
  }
}
