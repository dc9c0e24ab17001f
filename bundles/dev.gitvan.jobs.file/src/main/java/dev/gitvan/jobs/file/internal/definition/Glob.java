package dev.gitvan.jobs.file.internal.definition;

import com.google.re2j.Pattern;
import java.util.function.Predicate;

/**
 * Patterns for paths and refs: {@code *} and {@code ?} stay within a part, {@code **} crosses
 * slashes, {@code **}{@code /} may also be nothing, {@code [a-z]} and {@code {a,b}} choose, a
 * backslash escapes the next character. Matching takes linear time whatever the pattern.
 */
public final class Glob implements Predicate<String> {
  private final Pattern pattern;
  private final String folder;

  private Glob(Pattern pattern, String folder) {
    this.pattern = pattern;
    this.folder = folder;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException with what is wrong, for people
   */
  public static Glob of(String text) {
    var regex = new StringBuilder();
    int open = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '*' -> i = star(text, i, regex);
        case '?' -> regex.append("[^/]");
        case '[' -> i = characters(text, i, regex);
        case '{' -> {
          open++;
          regex.append("(?:");
        }
        case '}' -> {
          if (--open < 0) {
            throw new IllegalArgumentException("a } without its {");
          }
          regex.append(')');
        }
        case ',' -> regex.append(open > 0 ? "|" : ",");
        case '\\' -> {
          if (++i == text.length()) {
            throw new IllegalArgumentException("a backslash at the end");
          }
          regex.append(Pattern.quote(text.substring(i, i + 1)));
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    if (open > 0) {
      throw new IllegalArgumentException("a { without its }");
    }
    return new Glob(Pattern.compile(regex.toString(), Pattern.DOTALL), folder(text));
  }

  private static int star(String text, int at, StringBuilder regex) {
    boolean two = text.startsWith("**", at);
    if (!two) {
      regex.append("[^/]*");
      return at;
    }
    boolean begins = at == 0 || text.charAt(at - 1) == '/';
    if (begins && text.startsWith("/", at + 2)) {
      regex.append("(?:.*/)?");
      return at + 2;
    }
    regex.append(".*");
    return at + 1;
  }

  private static int characters(String text, int at, StringBuilder regex) {
    int i = at + 1;
    boolean not = i < text.length() && (text.charAt(i) == '!' || text.charAt(i) == '^');
    if (not) {
      i++;
    }
    // A bracket right at the beginning belongs to the set.
    int close = text.indexOf(']', i + 1);
    if (close < 0) {
      throw new IllegalArgumentException("a [ without its ]");
    }
    var set = text.substring(i, close);
    if (set.indexOf('/') >= 0) {
      throw new IllegalArgumentException("a / between [ and ]");
    }
    for (int dash = 1; dash < set.length() - 1; dash++) {
      if (set.charAt(dash) == '-' && set.charAt(dash - 1) > set.charAt(dash + 1)) {
        throw new IllegalArgumentException("the range [" + set + "] is reversed");
      }
    }
    regex.append(not ? "[^/" : "[");
    for (int j = 0; j < set.length(); j++) {
      char c = set.charAt(j);
      boolean range = c == '-' && j > 0 && j < set.length() - 1;
      if (!range && !Character.isLetterOrDigit(c)) {
        regex.append('\\');
      }
      regex.append(c);
    }
    regex.append(']');
    return close;
  }

  private static String folder(String text) {
    int special = 0;
    while (special < text.length() && "*?[{\\".indexOf(text.charAt(special)) < 0) {
      special++;
    }
    int slash = text.lastIndexOf('/', special == text.length() ? special : special - 1);
    return slash < 0 ? "" : text.substring(0, slash);
  }

  /** The folder that everything it can match is in; empty: any. */
  public String folder() {
    return folder;
  }

  @Override
  public boolean test(String path) {
    return pattern.matches(path);
  }
}
