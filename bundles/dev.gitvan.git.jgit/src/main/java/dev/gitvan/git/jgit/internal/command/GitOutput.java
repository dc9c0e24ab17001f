package dev.gitvan.git.jgit.internal.command;

import dev.gitvan.git.jgit.internal.text.GitText;
import java.util.Arrays;
import java.util.List;

/**
 * What a call of {@code git} left.
 *
 * @param err the beginning of what it printed to standard error
 */
public record GitOutput(int status, byte[] out, String err) {
  /** Standard output without the last line ends. */
  public String text() {
    return GitText.name(out).stripTrailing();
  }

  /** Its lines that are not empty. */
  public List<String> lines() {
    return text().lines().filter(line -> !line.isEmpty()).toList();
  }

  /** What stands between NUL characters, as {@code -z} prints it. */
  public List<String> fields() {
    var text = GitText.name(out);
    return text.isEmpty() ? List.of() : Arrays.asList(text.split("\0", -1));
  }
}
