package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.git.jgit.internal.read.Trailers;
import java.util.ArrayList;
import java.util.List;

/** Messages of commits, tags and notes, formed as the {@code git} command forms them. */
final class Messages {
  private Messages() {}

  /**
   * Git's {@code --cleanup=whitespace}: no blank lines around, one at most between, no blanks at
   * line ends, a line end at the end. Lines that begin with {@code #} stay.
   *
   * @return empty when there is nothing left
   */
  static String clean(String message) {
    var lines = new ArrayList<String>();
    for (var line : message.replace("\0", "").split("\n", -1)) {
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

  /** C's isspace, not Java's: what is white only in Unicode is text. */
  private static String stripTrailing(String line) {
    int end = line.length();
    while (end > 0 && " \t\r\u000b\f".indexOf(line.charAt(end - 1)) >= 0) {
      end--;
    }
    return line.substring(0, end);
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
