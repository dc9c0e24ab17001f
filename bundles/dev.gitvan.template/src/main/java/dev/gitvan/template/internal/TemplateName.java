package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.util.ArrayList;
import java.util.List;

/** Template names: paths below a root with {@code /}, checked before any file is touched. */
final class TemplateName {
  private TemplateName() {}

  /**
   * The name without {@code .}, {@code ..} and empty segments.
   *
   * @throws GitVanException {@code TEMPLATE_OUTSIDE_ROOT}, {@code TEMPLATE_NOT_FOUND}
   */
  static String normalize(String name) {
    if (name.isEmpty()) {
      throw GitVanException.of(
          Codes.TEMPLATE_NOT_FOUND, "''", "the template name is empty", "Pass a file.");
    }
    if (isPlain(name)) {
      return name;
    }
    if (name.startsWith("/") || name.indexOf('\\') >= 0 || hasDrive(name)) {
      throw outside(name, "is not a relative path with /");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw outside(name, "has control characters in its name");
    }
    var segments = new ArrayList<String>();
    for (var segment : name.split("/", -1)) {
      if (segment.equals("..")) {
        if (segments.isEmpty()) {
          throw outside(name, "leads out of the template folder and the worktree");
        }
        segments.remove(segments.size() - 1);
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.add(segment);
      }
    }
    refuseGit(name, segments);
    if (segments.isEmpty()) {
      throw GitVanException.of(
          Codes.TEMPLATE_NOT_FOUND, name, "is a folder, not a template", "Pass a file.");
    }
    return String.join("/", segments);
  }

  /** See {@link dev.gitvan.template.spi.TemplateLoader#resolve}. */
  static String resolve(String reference, String from) {
    if (reference.startsWith("./") || reference.startsWith("../")) {
      int folder = from.lastIndexOf('/');
      return normalize(folder < 0 ? reference : from.substring(0, folder + 1) + reference);
    }
    return normalize(reference);
  }

  /** Whether there is nothing to normalize or refuse; the usual case, decided without garbage. */
  private static boolean isPlain(String name) {
    char previous = '/';
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter =
          c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
      if (!letter && (previous == '/' || c != '.' && c != '-' && c != '/')) {
        return false;
      }
      previous = c;
    }
    return previous != '/';
  }

  private static boolean hasDrive(String name) {
    return name.length() > 1 && name.charAt(1) == ':' && Character.isLetter(name.charAt(0));
  }

  private static void refuseGit(String name, List<String> segments) {
    for (var segment : segments) {
      if (GitNames.isGitDirectory(segment)) {
        throw outside(name, "is inside a Git directory");
      }
    }
  }

  static GitVanException outside(String name, String what) {
    return GitVanException.of(
        Codes.TEMPLATE_OUTSIDE_ROOT,
        name,
        "it " + what,
        "Move the template to templates.dir or elsewhere in the worktree.");
  }
}
