package dev.gitvan.git.jgit.internal.worktree;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.settings.Wildmatch;
import java.util.Locale;
import java.util.TreeSet;

/**
 * One of Git's pathspecs: a file, a folder or a pattern, perhaps with magic words. Immutable.
 *
 * @see <a href="https://git-scm.com/docs/gitglossary#def_pathspec">pathspec</a>
 */
final class Pathspec {
  private static final String SPECIAL = "*?[\\";

  private final String text;
  private final String path;
  private final boolean folder;
  private final boolean exclude;
  private final boolean ignoreCase;
  private final Wildmatch pattern;

  /**
   * @param magic of {@code top literal glob icase exclude}
   */
  private Pathspec(String text, String path, TreeSet<String> magic) {
    this.text = text;
    this.path = PathNames.plain(path);
    this.folder = path.endsWith("/");
    this.exclude = magic.contains("exclude");
    this.ignoreCase = magic.contains("icase");
    boolean special = path.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
    this.pattern =
        special && !magic.contains("literal")
            ? Wildmatch.of(this.path, magic.contains("glob"), ignoreCase)
            : null;
  }

  /**
   * Reads one.
   *
   * @throws GitVanException {@code OUTPUT_FORBIDDEN_PATH}
   */
  static Pathspec of(String text) {
    var magic = new TreeSet<String>();
    if (text.startsWith(":(")) {
      int end = text.indexOf(')');
      if (end < 0) {
        throw PathNames.forbidden(text, "the pathspec magic has no closing parenthesis");
      }
      for (var word : text.substring(2, end).split(",")) {
        magic.add(word(text, word));
      }
      if (magic.contains("literal") && magic.contains("glob")) {
        throw PathNames.forbidden(text, "the pathspec magic literal and glob exclude each other");
      }
      return new Pathspec(text, orRoot(text.substring(end + 1)), magic);
    }
    if (!text.startsWith(":")) {
      return new Pathspec(text, text, magic);
    }
    int at = 1;
    for (; at < text.length() && "/!^".indexOf(text.charAt(at)) >= 0; at++) {
      magic.add(text.charAt(at) == '/' ? "top" : "exclude");
    }
    if (at < text.length() && text.charAt(at) == ':') {
      at++;
    }
    return new Pathspec(text, orRoot(text.substring(at)), magic);
  }

  /** Magic without a path is about the whole worktree. */
  private static String orRoot(String path) {
    return path.isEmpty() ? "." : path;
  }

  private static String word(String text, String word) {
    return switch (word) {
      case "top", "literal", "glob", "icase", "exclude" -> word;
      default -> throw PathNames.forbidden(text, "the pathspec magic `" + word + "` is unknown");
    };
  }

  /** The file or folder of exactly this name. */
  static Pathspec literal(String path) {
    var magic = new TreeSet<String>();
    magic.add("literal");
    return new Pathspec(path, path, magic);
  }

  /** As it was written. */
  String text() {
    return text;
  }

  /** Whether what matches is left out. */
  boolean excludes() {
    return exclude;
  }

  /** Whether it can match other paths than that of its name and those below. */
  boolean isPattern() {
    return pattern != null || ignoreCase;
  }

  /** Its name, plain; {@code ""} is the worktree itself. */
  String path() {
    return path;
  }

  /** The folder that all it can match is in; {@code ""} is the worktree itself. */
  String start() {
    if (!isPattern()) {
      return path;
    }
    if (ignoreCase) {
      return "";
    }
    int special = 0;
    while (special < path.length() && SPECIAL.indexOf(path.charAt(special)) < 0) {
      special++;
    }
    return path.substring(0, Math.max(0, path.lastIndexOf('/', special)));
  }

  /** Whether it matches a file. */
  boolean matches(String file) {
    if (path.isEmpty()) {
      return true;
    }
    var name = ignoreCase ? lower(file) : file;
    var own = ignoreCase ? lower(path) : path;
    if (name.startsWith(own)
        && (name.length() == own.length() ? !folder : name.charAt(own.length()) == '/')) {
      return true;
    }
    return pattern != null && !folder && pattern.matches(file);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
