package dev.gitvan.shell.internal;

import java.util.List;
import java.util.function.UnaryOperator;

/** Lays out a table: columns as wide as their widest cell, two spaces between. */
final class Table {
  private Table() {}

  /**
   * @param heading styles the header line
   */
  static String render(
      List<String> header, List<List<String>> rows, UnaryOperator<String> heading) {
    var widths = new int[header.size()];
    measure(header, widths);
    rows.forEach(row -> measure(row, widths));
    var text = new StringBuilder();
    text.append(heading.apply(line(header, widths))).append('\n');
    rows.forEach(row -> text.append(line(row, widths)).append('\n'));
    return text.toString();
  }

  private static void measure(List<String> cells, int[] widths) {
    for (int i = 0; i < Math.min(cells.size(), widths.length); i++) {
      widths[i] = Math.max(widths[i], width(cells.get(i)));
    }
  }

  private static String line(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      var cell = cells.get(i);
      append(line, cell);
      if (i < widths.length - 1) {
        line.append(" ".repeat(widths[i] - width(cell) + 2));
      }
    }
    return line.toString().stripTrailing();
  }

  /** Names may come from anybody: of control characters only our own styles get through. */
  private static void append(StringBuilder line, String cell) {
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      int style = styleLength(cell, i);
      if (style > 0) {
        line.append(cell, i, i + style);
        i += style - 1;
      } else {
        line.append(Character.isISOControl(c) ? ' ' : c);
      }
    }
  }

  /** The length of the style sequence, such as {@code ESC[31m}, at an index; 0 when none is. */
  private static int styleLength(String text, int at) {
    if (!text.startsWith("\u001b[", at)) {
      return 0;
    }
    int end = at + 2;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end < text.length() && text.charAt(end) == 'm' ? end + 1 - at : 0;
  }

  /** Columns that a string takes on a terminal; styles take none. */
  static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int style = styleLength(text, i);
      if (style > 0) {
        i += style;
        continue;
      }
      width += width(c);
      i += Character.charCount(c);
    }
    return width;
  }

  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        c >= 0x1100 && c <= 0x115F
            || c >= 0x2E80 && c <= 0xA4CF
            || c >= 0xAC00 && c <= 0xD7A3
            || c >= 0xF900 && c <= 0xFAFF
            || c >= 0xFE30 && c <= 0xFE6F
            || c >= 0xFF00 && c <= 0xFF60
            || c >= 0x1F300 && c <= 0x1FAFF
            || c >= 0x20000 && c <= 0x3FFFD;
    return wide ? 2 : 1;
  }
}
