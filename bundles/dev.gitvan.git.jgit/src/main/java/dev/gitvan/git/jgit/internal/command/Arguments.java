package dev.gitvan.git.jgit.internal.command;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/** Checks values before they become arguments of {@code git}. */
public final class Arguments {
  private Arguments() {}

  /**
   * A value that Git does not take for an option, and that a process can be given.
   *
   * @param what it is, for people
   * @throws GitVanException {@code ARG_LOOKS_LIKE_OPTION}, {@code REF_INVALID}
   */
  public static String plain(String value, String what) {
    if (value.startsWith("-")) {
      throw looksLikeOption(value);
    }
    return passable(value, what);
  }

  /** A value that stands where no option can. */
  private static String passable(String value, String what) {
    if (value.isEmpty() || value.indexOf('\0') >= 0) {
      throw GitVanException.of(
          Codes.REF_INVALID,
          value,
          what + " is empty or has a NUL character",
          "Use a value that Git accepts.");
    }
    return value;
  }

  /**
   * A branch's name.
   *
   * @return its full ref name
   * @throws GitVanException {@code REF_INVALID}, {@code ARG_LOOKS_LIKE_OPTION}
   */
  public static String branch(String name) {
    return below(Constants.R_HEADS, name, "branch");
  }

  /**
   * A tag's name.
   *
   * @return its full ref name
   * @throws GitVanException {@code REF_INVALID}, {@code ARG_LOOKS_LIKE_OPTION}
   */
  public static String tag(String name) {
    return below(Constants.R_TAGS, name, "tag");
  }

  private static String below(String prefix, String name, String what) {
    if (name.startsWith("-")) {
      throw looksLikeOption(name);
    }
    var ref = name.startsWith(prefix) ? name : prefix + name;
    if (name.equals(Constants.HEAD) || !Repository.isValidRefName(ref)) {
      throw invalid(name, "not a valid " + what + " name");
    }
    return ref;
  }

  /**
   * A full ref name.
   *
   * @throws GitVanException {@code REF_INVALID}, {@code ARG_LOOKS_LIKE_OPTION}
   */
  public static String ref(String name) {
    if (name.startsWith("-")) {
      throw looksLikeOption(name);
    }
    if (!name.startsWith(Constants.R_REFS) || !Repository.isValidRefName(name)) {
      throw invalid(name, "not a full ref name such as refs/heads/main");
    }
    return name;
  }

  /** Paths as pathspecs that stand for themselves. */
  public static List<String> literal(List<String> paths) {
    return paths.stream().map(path -> ":(top,literal)" + passable(path, "a path")).toList();
  }

  /** Globs as pathspecs: {@code *} within a folder, {@code **} across folders. */
  public static List<String> globs(List<String> globs) {
    return globs.stream().map(glob -> ":(top,glob)" + passable(glob, "a glob")).toList();
  }

  /** The refusal of a value that begins with a dash. */
  public static GitVanException looksLikeOption(String value) {
    return GitVanException.of(
        Codes.ARG_LOOKS_LIKE_OPTION,
        value,
        "Git would read this as an option",
        "Use a value that does not begin with `-`.");
  }

  private static GitVanException invalid(String name, String why) {
    return GitVanException.of(
        Codes.REF_INVALID, name, why, "See `git help check-ref-format` for the rules.");
  }
}
