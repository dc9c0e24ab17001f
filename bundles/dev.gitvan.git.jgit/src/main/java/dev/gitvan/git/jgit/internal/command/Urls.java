package dev.gitvan.git.jgit.internal.command;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which places GitVan speaks with: {@code https}, {@code http}, {@code ssh} and paths. */
public final class Urls {
  /** As {@code GIT_ALLOW_PROTOCOL} names them; Git enforces it behind every rewriting, too. */
  static final List<String> PROTOCOLS = List.of("file", "http", "https", "ssh");

  private static final List<String> SCHEMES =
      List.of("file", "http", "https", "ssh", "git+ssh", "ssh+git");

  private static final Pattern SCHEME = Pattern.compile("(?s)([A-Za-z0-9+.-]+)://(.*)");
  private static final Pattern HELPER = Pattern.compile("(?s)([A-Za-z0-9]+)::.*");

  /** {@code user@host:path}: a colon before the first slash. */
  private static final Pattern SCP = Pattern.compile("(?s)([^/:]+):(.*)");

  private static final Pattern SECRET = Pattern.compile("(?s)(://)[^/\\s]+@");

  private Urls() {}

  /**
   * Checks a place to fetch from or to push to.
   *
   * @throws GitVanException {@code URL_SCHEME_DENIED}, {@code ARG_LOOKS_LIKE_OPTION}
   */
  public static void check(String url, WorktreeId worktree) {
    if (url.startsWith("-")) {
      throw Arguments.looksLikeOption(url);
    }
    if (url.isBlank() || url.chars().anyMatch(c -> c < ' ')) {
      throw denied(url, "it is empty or contains control characters");
    }
    var helper = HELPER.matcher(url);
    if (helper.matches()) {
      throw denied(url, "`" + helper.group(1) + "::` would start a program");
    }
    var scheme = SCHEME.matcher(url);
    if (scheme.matches()) {
      checkScheme(url, scheme.group(1).toLowerCase(Locale.ROOT), scheme.group(2), worktree);
      return;
    }
    var scp = SCP.matcher(url);
    if (scp.matches() && !Path.of(".").getFileSystem().getSeparator().equals("\\")) {
      checkHost(url, scp.group(1));
      if (scp.group(2).startsWith("-")) {
        throw denied(url, "its path would be read as an option");
      }
      return;
    }
    checkPath(url, url, worktree);
  }

  private static void checkScheme(String url, String scheme, String rest, WorktreeId worktree) {
    if (!SCHEMES.contains(scheme)) {
      throw denied(url, "the scheme `" + scheme + "` is not allowed");
    }
    if (scheme.equals("file")) {
      checkPath(url, rest, worktree);
      return;
    }
    checkHost(url, rest.split("[/?#]", 2)[0]);
    int slash = rest.indexOf('/');
    if (scheme.contains("ssh") && slash >= 0 && rest.startsWith("/-", slash)) {
      throw denied(url, "its path would be read as an option");
    }
  }

  private static void checkHost(String url, String authority) {
    var host = authority.substring(authority.lastIndexOf('@') + 1);
    if (authority.startsWith("-") || host.startsWith("-")) {
      throw denied(url, "its host would be read as an option");
    }
  }

  /** A repository inside this one's own files came with them: pushing there would run its hooks. */
  private static void checkPath(String url, String path, WorktreeId worktree) {
    if (path.contains("\0") || path.startsWith("-")) {
      throw denied(url, "its path would be read as an option");
    }
    try {
      var base = worktree.root().orElse(worktree.gitDir());
      var place = real(base.resolve(path));
      boolean own =
          worktree.root().map(root -> place.startsWith(root) && !place.equals(root)).orElse(false);
      boolean git = place.startsWith(worktree.repository().commonDir());
      if (own && !git || git && !place.equals(worktree.repository().commonDir())) {
        throw denied(url, "it is inside this repository");
      }
    } catch (InvalidPathException e) {
      throw denied(url, "it is not a path");
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  /** A URL for people: without a user and a password. */
  public static String shown(String url) {
    return SECRET.matcher(url).replaceAll("$1");
  }

  private static GitVanException denied(String url, String why) {
    return GitVanException.of(
        Codes.URL_SCHEME_DENIED, shown(url), why, "Use `https`, `ssh` or a path.");
  }
}
