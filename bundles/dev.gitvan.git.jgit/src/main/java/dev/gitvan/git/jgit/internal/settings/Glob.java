package dev.gitvan.git.jgit.internal.settings;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Git's {@code wildmatch} with {@code WM_PATHNAME}: {@code *} stays in a folder, double ones do
 * not.
 */
final class Glob {
  private Glob() {}

  static boolean matches(String glob, String path, boolean ignoreCase) {
    var regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (glob.startsWith("**/", i) && (i == 0 || glob.charAt(i - 1) == '/')) {
        regex.append("(?:.*/)?");
        i += 2;
      } else if (glob.startsWith("**", i)) {
        regex.append(".*");
        i += 1;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else if (c == '[' && glob.indexOf(']', i + 2) > 0) {
        int end = glob.indexOf(']', i + 2);
        regex.append('[').append(glob.substring(i + 1, end).replaceFirst("^!", "^")).append(']');
        i = end;
      } else if (c == '\\' && i + 1 < glob.length()) {
        regex.append(Pattern.quote(String.valueOf(glob.charAt(++i))));
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    try {
      return Pattern.compile(regex.toString(), ignoreCase ? Pattern.CASE_INSENSITIVE : 0)
          .matcher(path)
          .matches();
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
