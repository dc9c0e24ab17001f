package dev.gitvan.git.jgit.internal.worktree;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.util.ArrayList;
import java.util.Locale;

/**
 * Paths that a job names, made plain; what could lead out of the worktree or into Git's own files
 * is refused.
 */
final class PathNames {
  private PathNames() {}

  /**
   * A path without {@code .} and double slashes; {@code ""} is the worktree itself.
   *
   * @throws GitVanException {@code OUTPUT_FORBIDDEN_PATH}
   */
  static String plain(String path) {
    var unified = java.io.File.separatorChar == '\\' ? path.replace('\\', '/') : path;
    if (unified.startsWith("/")
        || unified.matches("[A-Za-z]:.*") && java.io.File.separatorChar == '\\') {
      throw forbidden(path, "the path is absolute");
    }
    if (unified.isEmpty() || unified.indexOf('\0') >= 0) {
      throw forbidden(path, "not a valid path");
    }
    var parts = new ArrayList<String>();
    for (var part : unified.split("/")) {
      if (part.equals("..")) {
        throw forbidden(path, "the path points outside the worktree");
      }
      if (isGitDirectory(part)) {
        throw forbidden(path, "the path is inside a Git directory");
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  /** What some file system or other takes for {@code .git}. */
  private static boolean isGitDirectory(String name) {
    var plain = name.replaceAll("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]", "");
    plain = plain.toLowerCase(Locale.ROOT).replaceFirst(":.*$", "").replaceFirst("[ .]+$", "");
    return plain.equals(".git") || plain.equals("git~1");
  }

  static GitVanException forbidden(String path, String why) {
    return GitVanException.of(
        Codes.OUTPUT_FORBIDDEN_PATH, path, why, "Use paths relative to the worktree.");
  }
}
