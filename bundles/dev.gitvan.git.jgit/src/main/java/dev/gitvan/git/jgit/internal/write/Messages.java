package dev.gitvan.git.jgit.internal.write;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Messages of commits, tags and notes, formed as the {@code git} command forms them. */
final class Messages {
  private static final Pattern TRAILER = Pattern.compile("[A-Za-z0-9-]+[ \t]*:.*");
  private static final Pattern OWN =
      Pattern.compile("(Signed-off-by: |\\(cherry picked from commit ).*");

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
    if (!endsWithTrailers(message)) {
      text.append('\n');
    }
    trailers.forEach(trailer -> text.append(trailer).append('\n'));
    return text.toString();
  }

  /** Git's rule: the last paragraph, not the first, all trailers, or a quarter and one of Git's. */
  private static boolean endsWithTrailers(String message) {
    int start = message.stripTrailing().lastIndexOf("\n\n");
    if (start < 0) {
      return false;
    }
    int trailers = 0;
    int others = 0;
    boolean own = false;
    boolean inTrailer = false;
    for (var line : message.substring(start + 2).strip().split("\n")) {
      if (line.startsWith("#")) {
        continue;
      }
      if (OWN.matcher(line).matches()) {
        own = true;
        trailers++;
        inTrailer = true;
      } else if (TRAILER.matcher(line).matches()) {
        trailers++;
        inTrailer = true;
      } else if (line.startsWith(" ") || line.startsWith("\t")) {
        others += inTrailer ? 0 : 1;
      } else {
        others++;
        inTrailer = false;
      }
    }
    return trailers > 0 && others == 0 || own && trailers * 3 >= others;
  }
}
