package dev.gitvan.template.internal;

import dev.gitvan.document.Utf8Text;
import dev.gitvan.template.internal.frontmatter.FrontMatter.Position;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Puts text into a file as whole lines, beside or between lines that contain a marker. What the
 * file has already, as whole lines, is not put there again: doing it twice changes nothing. All
 * other bytes stay as they are, and the new lines end as the marker's does.
 */
final class Injector {
  /** A byte is a character, so that nothing is lost whatever the file's encoding is. */
  private static final Charset BYTES = StandardCharsets.ISO_8859_1;

  /** The file's lines with their ends. */
  private final List<String> lines;

  /** The byte order mark, which is not part of the first line. */
  private final String mark;

  private Injector(byte[] file) {
    int start = Utf8Text.markLength(file);
    this.mark = new String(file, 0, start, BYTES);
    this.lines = lines(new String(file, start, file.length - start, BYTES));
  }

  /** A marker that no line of the file contains, or that the text itself contains. */
  static final class MarkerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int marker;
    private final boolean inText;

    private MarkerException(int marker, boolean inText) {
      this.marker = marker;
      this.inText = inText;
    }

    /** Its index. */
    int marker() {
      return marker;
    }

    /** Whether the text that is injected contains it. */
    boolean isInText() {
      return inText;
    }
  }

  /**
   * The file with the text in it.
   *
   * @param markers one, or two when it goes between them
   * @return empty when the file has the text already
   */
  static Optional<byte[]> inject(byte[] file, byte[] text, Position position, List<String> markers)
      throws MarkerException {
    var encoded = new ArrayList<String>();
    markers.forEach(m -> encoded.add(new String(m.getBytes(StandardCharsets.UTF_8), BYTES)));
    var content = lines(new String(text, BYTES)).stream().map(Injector::bare).toList();
    return new Injector(file).inject(content, position, encoded);
  }

  private Optional<byte[]> inject(List<String> text, Position position, List<String> markers)
      throws MarkerException {
    int first = lineWith(markers.get(0), 0);
    if (first < 0) {
      throw new MarkerException(0, false);
    }
    if (position == Position.BETWEEN) {
      return between(text, first, markers.get(1));
    }
    var bare = lines.stream().map(Injector::bare).toList();
    if (text.isEmpty() || Collections.indexOfSubList(bare, text) >= 0) {
      return Optional.empty();
    }
    if (position == Position.BEFORE) {
      lines.addAll(first, withEnds(text, endOf(first)));
    } else if (isEnded(first)) {
      lines.addAll(first + 1, withEnds(text, endOf(first)));
    } else {
      // A file that does not end with a line end does not do so afterwards.
      var end = endOf(first);
      lines.set(first, lines.get(first) + end);
      var added = withEnds(text, end);
      int last = added.size() - 1;
      added.set(last, bare(added.get(last)));
      lines.addAll(added);
    }
    return Optional.of(bytes());
  }

  private Optional<byte[]> between(List<String> text, int first, String end)
      throws MarkerException {
    int last = lineWith(end, first + 1);
    if (last < 0) {
      throw new MarkerException(1, false);
    }
    if (text.stream().anyMatch(line -> line.contains(end))) {
      // The next time it would end there.
      throw new MarkerException(1, true);
    }
    var now = lines.subList(first + 1, last);
    if (now.stream().map(Injector::bare).toList().equals(text)) {
      return Optional.empty();
    }
    now.clear();
    lines.addAll(first + 1, withEnds(text, endOf(first)));
    return Optional.of(bytes());
  }

  private int lineWith(String marker, int from) {
    for (int i = from; i < lines.size(); i++) {
      if (bare(lines.get(i)).contains(marker)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isEnded(int line) {
    return lines.get(line).endsWith("\n");
  }

  /** How a line ends; if it is the last and does not, how the first one does. */
  private String endOf(int line) {
    var like = lines.get(isEnded(line) ? line : 0);
    return like.endsWith("\r\n") ? "\r\n" : "\n";
  }

  private byte[] bytes() {
    return (mark + String.join("", lines)).getBytes(BYTES);
  }

  private static List<String> withEnds(List<String> lines, String end) {
    var ended = new ArrayList<String>(lines.size());
    lines.forEach(line -> ended.add(line + end));
    return ended;
  }

  private static List<String> lines(String text) {
    var lines = new ArrayList<String>();
    int start = 0;
    for (int end; (end = text.indexOf('\n', start)) >= 0; start = end + 1) {
      lines.add(text.substring(start, end + 1));
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  private static String bare(String line) {
    if (line.endsWith("\r\n")) {
      return line.substring(0, line.length() - 2);
    }
    return line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
  }
}
