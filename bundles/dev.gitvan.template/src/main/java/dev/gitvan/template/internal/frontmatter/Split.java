package dev.gitvan.template.internal.frontmatter;

/**
 * A template file in two: its front matter, and the text that is rendered. There is front matter
 * when the first line is {@code ---} and another such line follows; spaces behind it do not count.
 *
 * @param frontMatter YAML, its first line {@code ---} included so that places are the file's; null
 *     when there is none
 * @param text what follows
 * @param firstLine the line of the file in which the text begins, from 1
 */
public record Split(String frontMatter, String text, int firstLine) {
  /** Parts a file. */
  public static Split of(String file) {
    int end = endOfLine(file, 0);
    if (end < 0 || !isFence(file, 0, end)) {
      return new Split(null, file, 1);
    }
    int line = 1;
    for (int start = end + 1; start < file.length(); start = end + 1) {
      line++;
      end = endOfLine(file, start);
      int until = end < 0 ? file.length() : end;
      if (isFence(file, start, until)) {
        return new Split(
            file.substring(0, start), end < 0 ? "" : file.substring(end + 1), line + 1);
      }
      if (end < 0) {
        break;
      }
    }
    return new Split(null, file, 1);
  }

  /** Whether a file begins as front matter does, and nothing ends it. */
  public static boolean isUnclosed(String file) {
    int end = endOfLine(file, 0);
    return end >= 0 && isFence(file, 0, end) && of(file).frontMatter == null;
  }

  private static int endOfLine(String file, int from) {
    return file.indexOf('\n', from);
  }

  private static boolean isFence(String file, int from, int to) {
    return file.startsWith("---", from) && to >= from + 3 && file.substring(from + 3, to).isBlank();
  }
}
