package dev.gitvan.git.jgit.internal.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The trailer {@code Gitvan-Run: RUN DIGEST} of GitVan's own commits. The digest is that of the
 * message without it, so it shows whether the message is still the one that GitVan wrote.
 */
public final class RunTrailer {
  /** The trailer's key. */
  public static final String KEY = "Gitvan-Run";

  private static final Pattern LINE =
      Pattern.compile(
          "(" + KEY + ":[ \t]*([^ \t]+))(?:[ \t]+([^ \t]+))?", Pattern.CASE_INSENSITIVE);

  private static final int DIGITS = 16;

  private RunTrailer() {}

  /**
   * A message with the trailers of a run's commit.
   *
   * @param message clean, not empty
   */
  public static String sealed(String message, String run, String job) {
    var key = KEY + ": " + run;
    var name = "Gitvan-Job: " + job;
    var digest = digest(Messages.withTrailers(message, List.of(key, name)));
    return Messages.withTrailers(message, List.of(key + " " + digest, name));
  }

  /**
   * Whether GitVan wrote a commit's message, and nobody has edited it or combined it with another
   * one. Lines that {@code cherry-pick -x} and {@code --signoff} append do not count, nor do
   * comments, which Git drops when a message passes an editor. A trailer without a digest cannot
   * show an edit, so its commit counts as GitVan's.
   */
  public static boolean isOwn(String message) {
    var lines = withoutComments(message).split("\n");
    int end = lines.length;
    while (end > 0 && (lines[end - 1].isEmpty() || Trailers.isGits(lines[end - 1]))) {
      end--;
    }
    for (int i = end - 1; i >= 0 && !lines[i].isEmpty(); i--) {
      var line = LINE.matcher(lines[i]);
      if (line.matches()) {
        var digest = line.group(3);
        lines[i] = line.group(1);
        return digest == null
            || digest.equals(digest(String.join("\n", Arrays.asList(lines).subList(0, end))));
      }
    }
    return false;
  }

  /** The runs that a message names anywhere: one of combined commits has them in the middle. */
  public static List<String> runs(String message) {
    return Arrays.stream(message.split("\n"))
        .flatMap(line -> run(line).stream())
        .distinct()
        .toList();
  }

  private static Optional<String> run(String line) {
    var matcher = LINE.matcher(Messages.stripTrailing(line));
    return matcher.matches() ? Optional.of(matcher.group(2)) : Optional.empty();
  }

  private static String withoutComments(String message) {
    return Messages.clean(
        Arrays.stream(message.split("\n"))
            .filter(line -> !line.startsWith("#"))
            .collect(Collectors.joining("\n")));
  }

  private static String digest(String message) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      var digest = sha256.digest(withoutComments(message).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
