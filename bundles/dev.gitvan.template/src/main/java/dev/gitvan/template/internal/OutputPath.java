package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.repository.WorktreeId;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A file below a worktree that may be written, as far as its name shows.
 *
 * @param root the worktree
 * @param folders from the worktree down
 * @param name the file's own
 */
record OutputPath(Path root, List<String> folders, String name) {
  /**
   * Checks a path.
   *
   * @param path below the worktree, with {@code /}
   * @throws GitVanException {@code OUTPUT_FORBIDDEN_PATH}, {@code OUTPUT_NOT_A_FILE}, {@code
   *     REPO_BARE}
   */
  static OutputPath of(WorktreeId worktree, String path) {
    var root =
        worktree
            .root()
            .orElseThrow(
                () ->
                    GitVanException.of(
                        Codes.REPO_BARE,
                        worktree.toString(),
                        "a bare repository has no worktree",
                        "Run it in a worktree."));
    var segments = segments(path);
    var output =
        new OutputPath(
            root,
            List.copyOf(segments.subList(0, segments.size() - 1)),
            segments.get(segments.size() - 1));
    refuseGitDirectories(worktree, output, path);
    return output;
  }

  private static List<String> segments(String path) {
    if (path.startsWith("/")
        || path.length() > 1 && path.charAt(1) == ':' && Character.isLetter(path.charAt(0))) {
      throw forbidden(path, "an output path must be relative to the worktree");
    }
    if (path.indexOf('\\') >= 0) {
      throw forbidden(path, "an output path must use /, not \\");
    }
    if (path.chars().anyMatch(Character::isISOControl)) {
      throw forbidden(path, "an output path must not contain control characters");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(path)) {
      throw forbidden(path, "an output path must be valid Unicode, but has half of a character");
    }
    var segments = new ArrayList<String>();
    for (var segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        throw forbidden(path, "an output path must not contain ..");
      }
      if (GitNames.isGitDirectory(segment)) {
        throw forbidden(path, "outputs are not written into a Git directory");
      }
      if (!segment.isEmpty() && !segment.equals(".")) {
        segments.add(segment);
      }
    }
    if (segments.isEmpty()) {
      throw forbidden(path, "the output path is empty");
    }
    if (path.endsWith("/") || path.endsWith("/.")) {
      throw GitVanException.of(
          Codes.OUTPUT_NOT_A_FILE, path, "the output path is a folder", "Add a file name.");
    }
    return segments;
  }

  /** A Git directory may have any name: {@code git init --separate-git-dir}. */
  private static void refuseGitDirectories(WorktreeId worktree, OutputPath output, String path) {
    try {
      var target = folded(output.file());
      if (target.startsWith(folded(worktree.gitDir()))
          || target.startsWith(folded(worktree.repository().commonDir()))) {
        throw forbidden(path, "outputs are not written into a Git directory");
      }
    } catch (InvalidPathException e) {
      throw forbidden(path, "not a valid file name on this system");
    }
  }

  /** For file systems that do not tell case apart. */
  private static Path folded(Path path) {
    return path.getFileSystem().getPath(path.toString().toLowerCase(Locale.ROOT));
  }

  private static GitVanException forbidden(String path, String what) {
    return GitVanException.of(
        Codes.OUTPUT_FORBIDDEN_PATH, path, what, "Use a path inside the worktree.");
  }

  /** The absolute path. */
  Path file() {
    var path = root;
    for (var folder : folders) {
      path = path.resolve(folder);
    }
    return path.resolve(name);
  }

  /** The path below the worktree, with {@code /}. */
  @Override
  public String toString() {
    return folders.isEmpty() ? name : String.join("/", folders) + "/" + name;
  }
}
