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
    var lines = rows.stream().map(row -> row.stream().map(TerminalText::cell).toList()).toList();
    var widths = new int[header.size()];
    measure(header, widths);
    lines.forEach(cells -> measure(cells, widths));
    var text = new StringBuilder();
    text.append(heading.apply(line(header, widths))).append('\n');
    lines.forEach(cells -> text.append(line(cells, widths)).append('\n'));
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
      line.append(cell);
      if (i < widths.length - 1) {
        line.append(" ".repeat(widths[i] - width(cell) + 2));
      }
    }
    return line.toString().stripTrailing();
  }

  /** Columns that a string takes on a terminal; styles take none. */
  static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (TerminalText.isMark(text, i)) {
        i += TerminalText.MARK_LENGTH;
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
