package dev.gitvan.template.internal;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The difference between a file and its next content, as {@code git diff} shows it. */
final class UnifiedDiff {
  private static final int CONTEXT = 3;

  /** Beyond this a diff helps nobody, and costs time quadratic in its lines. */
  static final int MAX_BYTES = 4 << 20;

  private UnifiedDiff() {}

  /**
   * The difference; empty when there is none.
   *
   * @param before null when there is no such file yet
   */
  static String of(String path, DiffSide before, DiffSide after) {
    if (before != null && before.isSameAs(after)) {
      return "";
    }
    var from = before == null ? "/dev/null" : "a/" + path;
    var old = before == null ? new byte[0] : before.bytes();
    if (isBinary(old) || isBinary(after.bytes())) {
      return "Binary files " + from + " and b/" + path + " differ\n";
    }
    if (before != null && !before.isWhole() || !after.isWhole()) {
      return "Files "
          + from
          + " and b/"
          + path
          + " differ: "
          + (before == null ? 0 : before.size())
          + " bytes, then "
          + after.size()
          + "\n";
    }
    var oldLines = lines(old);
    var newLines = lines(after.bytes());
    var patch = DiffUtils.diff(oldLines, newLines, new MyersDiffWithLinearSpace<>());
    var diff = UnifiedDiffUtils.generateUnifiedDiff(from, "b/" + path, oldLines, patch, CONTEXT);
    if (diff.isEmpty()) {
      // An empty file made where there was none has a name and no lines.
      return "--- " + from + "\n+++ b/" + path + "\n";
    }
    return String.join("\n", removalsFirst(diff)) + "\n";
  }

  /** As Git prints it: of what is changed in one place, first what goes and then what comes. */
  private static List<String> removalsFirst(List<String> diff) {
    var ordered = new ArrayList<>(diff.subList(0, 2));
    var added = new ArrayList<String>();
    for (var line : diff.subList(2, diff.size())) {
      if (line.startsWith("+")) {
        added.add(line);
        continue;
      }
      if (!line.startsWith("-")) {
        ordered.addAll(added);
        added.clear();
      }
      ordered.add(line);
    }
    ordered.addAll(added);
    return ordered;
  }

  /** As in Git: a NUL among the first bytes. */
  private static boolean isBinary(byte[] content) {
    for (int i = 0; i < Math.min(content.length, 8000); i++) {
      if (content[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * The lines without their ends; a last line without one says so, and so differs from its like.
   */
  private static List<String> lines(byte[] content) {
    var text = new String(content, StandardCharsets.UTF_8);
    var lines = new ArrayList<String>();
    int start = 0;
    for (int end; (end = text.indexOf('\n', start)) >= 0; start = end + 1) {
      lines.add(text.substring(start, end));
    }
    if (start < text.length()) {
      lines.add(text.substring(start) + "\n\\ No newline at end of file");
    }
    return lines;
  }
}
