package dev.gitvan.template.mustache.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;

/** Problems with their places. */
final class Failure {
  private Failure() {}

  /** {@code name:line}. */
  static String place(String template, int line) {
    return template + ":" + line;
  }

  static GitVanException syntax(String template, int line, String what, String remedy) {
    return GitVanException.of(Codes.TEMPLATE_SYNTAX, place(template, line), what, remedy);
  }
}
