package dev.gitvan.git.jgit.internal.text;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Messages of commits, tags and notes, formed as the {@code git} command forms them. */
public final class Messages {
  private Messages() {}

  /**
   * Git's {@code --cleanup=whitespace}: no blank lines around, one at most between, no blanks at
   * line ends, a line end at the end. Lines that begin with {@code #} stay.
   *
   * @param what for people, such as {@code commit message}
   * @return empty when there is nothing left
   * @throws GitVanException {@code CONFIG_ENCODING}: Git's messages have no NUL and are UTF-8
   */
  public static String clean(String message, String what) {
    if (message.indexOf('\0') >= 0) {
      throw refused(what, "it contains a NUL character, which Git does not allow");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(message)) {
      throw refused(what, "it contains half of a character (an unpaired surrogate)");
    }
    return clean(message);
  }

  private static GitVanException refused(String what, String why) {
    return GitVanException.of(
        Codes.CONFIG_ENCODING, what, why, "Remove it from the message or the data in it.");
  }

  /** The same for a message of a commit. */
  static String clean(String message) {
    var lines = new ArrayList<String>();
    for (var line : message.split("\n", -1)) {
      var stripped = stripTrailing(line);
      boolean blankBefore = lines.isEmpty() || lines.get(lines.size() - 1).isEmpty();
      if (!stripped.isEmpty() || !blankBefore) {
        lines.add(stripped);
      }
    }
    if (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /** Git's isspace (git:ctype.c), neither C's nor Java's: no form feed, nothing beyond ASCII. */
  static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  /** Text without blanks at its end. */
  static String stripTrailing(String text) {
    int end = text.length();
    while (end > 0 && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** Text without blanks around it. */
  static String strip(String text) {
    int start = 0;
    while (start < text.length() && isBlank(text.charAt(start))) {
      start++;
    }
    return stripTrailing(text.substring(start));
  }

  /**
   * Adds trailers as {@code git interpret-trailers --if-exists add} does: to the trailers that the
   * message ends with, else after a blank line.
   *
   * @param message clean
   */
  static String withTrailers(String message, List<String> trailers) {
    var text = new StringBuilder(message);
    if (!Trailers.end(message)) {
      text.append('\n');
    }
    trailers.forEach(trailer -> text.append(trailer).append('\n'));
    return text.toString();
  }
}
