package dev.gitvan.template.internal;

import java.util.Locale;

/** Names that some file system takes for {@code .git}, as Git itself refuses them in trees. */
final class GitNames {
  private GitNames() {}

  /**
   * Whether a path component is {@code .git} in any case, with the characters that HFS+ ignores, or
   * as NTFS knows it: trailing dots and spaces, a stream, {@code git~1}.
   */
  static boolean isGitDirectory(String component) {
    var name = new StringBuilder(component.length());
    for (int i = 0; i < component.length(); i++) {
      char c = component.charAt(i);
      if (!isIgnoredByHfs(c)) {
        name.append(c);
      }
    }
    int stream = name.indexOf(":");
    if (stream >= 0) {
      name.setLength(stream);
    }
    int end = name.length();
    while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
      end--;
    }
    var bare = name.substring(0, end).toLowerCase(Locale.ROOT);
    return bare.equals(".git") || bare.equals("git~1");
  }

  /** Git's list, from {@code next_hfs_char} in its utf8.c. */
  private static boolean isIgnoredByHfs(char c) {
    return c >= '\u200c' && c <= '\u200f'
        || c >= '\u202a' && c <= '\u202e'
        || c >= '\u206a' && c <= '\u206f'
        || c == '\ufeff';
  }
}
