package dev.gitvan.template.internal.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A changelog in Markdown by its lines: what stands above the first section, a section for what is
 * unreleased, and those of releases. A section begins with a heading of the first three levels that
 * names a version, or {@code Unreleased}; headings in code blocks and comments are none. A
 * character may stand for a byte: only ASCII means anything. Immutable.
 *
 * @param lines with their ends
 * @param headings in their order
 */
record ChangelogText(List<String> lines, List<Heading> headings) {
  private static final Pattern ATX = Pattern.compile(" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*\\s*");
  private static final Pattern UNDERLINE = Pattern.compile(" {0,3}(=+|-+)\\s*");
  private static final Pattern COMMENT = Pattern.compile(" {0,3}<!--.*\\s*");
  private static final Pattern FENCE = Pattern.compile(" {0,3}(```+|~~~+).*\\s*");

  /**
   * {@code [1.2.0] - 2026-01-01}, {@code v1.2.0 (date)}, {@code Version 1.2.0}, {@code api-1.2.0}.
   */
  private static final Pattern VERSION =
      Pattern.compile(
          "\\W{0,3}(?:(?i:version|release)[ \t]+|[A-Za-z@][\\w./@-]*[-@/])?v?"
              + "(?<version>[0-9]+(?:\\.[0-9]+)+(?:-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?"
              + "(?:\\+[0-9A-Za-z.-]+)?)(?![0-9A-Za-z.]).*",
          Pattern.DOTALL);

  /** {@code [Unreleased]}, {@code main (unreleased)}, {@code 1.2.0 (unreleased)}. */
  private static final Pattern UNRELEASED =
      Pattern.compile(
          "(?:\\W{0,3}|.*[(\\[]\\s*)unreleased\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final int LOWEST_LEVEL = 3;

  /**
   * A heading that begins a section.
   *
   * @param line its index
   * @param length number of its lines: two if it is underlined
   * @param version empty: what is unreleased
   */
  record Heading(int line, int length, Optional<SemanticVersion> version) {
    boolean isUnreleased() {
      return version.isEmpty();
    }
  }

  static ChangelogText of(String text) {
    var lines = lines(text);
    var headings = new ArrayList<Heading>();
    var code = new CodeBlocks();
    for (int i = 0; i < lines.size(); i++) {
      if (!code.contains(lines.get(i))) {
        var next = i + 1 < lines.size() ? lines.get(i + 1) : "";
        heading(lines.get(i), next, i).ifPresent(headings::add);
      }
    }
    return new ChangelogText(List.copyOf(lines), List.copyOf(headings));
  }

  private static Optional<Heading> heading(String line, String next, int index) {
    var atx = ATX.matcher(line);
    if (atx.matches()) {
      return atx.group(1).length() > LOWEST_LEVEL
          ? Optional.empty()
          : heading(atx.group(2), index, 1);
    }
    return !line.isBlank() && UNDERLINE.matcher(next).matches()
        ? heading(line.strip(), index, 2)
        : Optional.empty();
  }

  private static Optional<Heading> heading(String title, int index, int length) {
    if (UNRELEASED.matcher(title).matches()) {
      return Optional.of(new Heading(index, length, Optional.empty()));
    }
    var match = VERSION.matcher(title);
    return match.matches()
        ? SemanticVersion.of(match.group("version"))
            .map(version -> new Heading(index, length, Optional.of(version)))
        : Optional.empty();
  }

  /** The first line that is a heading of the second level; the number of lines if there is none. */
  int secondLevel() {
    var code = new CodeBlocks();
    for (int i = 0; i < lines.size(); i++) {
      if (!code.contains(lines.get(i)) && lines.get(i).startsWith("## ")) {
        return i;
      }
    }
    return lines.size();
  }

  /** The index of the line behind a section. */
  int end(int heading) {
    return heading + 1 < headings.size() ? headings.get(heading + 1).line() : lines.size();
  }

  /** The lines of a section without its heading. */
  List<String> body(int heading) {
    var first = headings.get(heading);
    return lines.subList(first.line() + first.length(), end(heading));
  }

  /** The lines of a section's heading. */
  List<String> title(int heading) {
    var first = headings.get(heading);
    return lines.subList(first.line(), first.line() + first.length());
  }

  static List<String> lines(String text) {
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

  /**
   * Finds, line by line, what is in a fenced code block or in a comment of several lines. As in
   * Markdown, such a comment begins a line: within one, {@code <!--} is text.
   */
  private static final class CodeBlocks {
    private String fence = "";
    private boolean comment;

    boolean contains(String line) {
      if (comment) {
        comment = !line.contains("-->");
        return true;
      }
      var match = FENCE.matcher(line);
      if (!fence.isEmpty()) {
        if (match.matches() && match.group(1).startsWith(fence)) {
          fence = "";
        }
        return true;
      }
      if (match.matches()) {
        fence = match.group(1);
        return true;
      }
      comment = COMMENT.matcher(line).matches() && !line.contains("-->");
      return comment;
    }
  }
}
