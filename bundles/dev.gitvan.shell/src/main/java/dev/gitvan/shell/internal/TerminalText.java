package dev.gitvan.shell.internal;

import dev.gitvan.command.Console.Style;
import java.util.UUID;

/**
 * Which characters reach a terminal. Text may come from anybody's commit, file name or job: control
 * characters and those that reorder text are written as {@code \}{@code uXXXX}, which is also their
 * form in JSON.
 *
 * <p>Styles of the console are marked with a key that no text can know, and become sequences of the
 * terminal only in {@link EscapingOutput}.
 */
final class TerminalText {
  private static final String KEY =
      "\u001b" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
  private static final char PLAIN = '-';

  /** Length of a mark. */
  static final int MARK_LENGTH = KEY.length() + 1;

  private TerminalText() {}

  /** Returns text between the marks of a style. */
  static String styled(Style style, String text) {
    return KEY + (char) ('a' + style.ordinal()) + text + KEY + PLAIN;
  }

  /** Whether a mark is at an index. */
  static boolean isMark(CharSequence text, int at) {
    return text.length() - at >= MARK_LENGTH
        && KEY.contentEquals(text.subSequence(at, at + KEY.length()));
  }

  /** The terminal's sequence for the mark at an index. */
  static String sequence(CharSequence text, int at) {
    char style = text.charAt(at + KEY.length());
    return "\u001b[" + (style == PLAIN ? "0" : code(Style.values()[style - 'a'])) + "m";
  }

  private static String code(Style style) {
    return switch (style) {
      case HEADING -> "1";
      case GOOD -> "32";
      case BAD -> "31";
      case WARNING -> "33";
      case FAINT -> "2";
    };
  }

  /** Whether a character must not reach a terminal: it moves the cursor, or reorders text. */
  static boolean isUnsafe(char c) {
    return Character.isISOControl(c) && c != '\n' && c != '\t'
        || c == '\u061c' // Arabic letter mark
        || c == '\u200e' // left-to-right mark
        || c == '\u200f' // right-to-left mark
        || c >= '\u2028' && c <= '\u202e' // line separators, embeddings and overrides
        || c >= '\u2066' && c <= '\u2069'; // isolates
  }

  /** What is written for a character that must not reach a terminal. */
  static String escaped(char c) {
    return String.format("\\u%04x", (int) c);
  }

  /** Returns text as one line of a table's cell; marks stay. */
  static String cell(String text) {
    var cell = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isMark(text, i)) {
        cell.append(text, i, i + MARK_LENGTH);
        i += MARK_LENGTH - 1;
      } else if (isUnsafe(c)) {
        cell.append(escaped(c));
      } else {
        cell.append(c == '\n' || c == '\t' ? ' ' : c);
      }
    }
    return cell.toString();
  }
}
