package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.Console;
import dev.gitvan.command.Console.Style;

/** Prints unified diffs, in colour where that can be seen; without it they are patches. */
final class DiffPrinter {
  private DiffPrinter() {}

  static void print(Console console, String diff) {
    if (console.styled(Style.HEADING, "").isEmpty()) {
      console.data().print(diff);
      console.data().flush();
    } else {
      diff.lines().forEach(line -> console.out().println(styled(console, line)));
      console.out().flush();
    }
  }

  /** One line of a diff. */
  static String styled(Console console, String line) {
    if (line.startsWith("--- ") || line.startsWith("+++ ")) {
      return console.styled(Style.HEADING, line);
    }
    if (line.startsWith("@@")) {
      return console.styled(Style.FAINT, line);
    }
    if (line.startsWith("+")) {
      return console.styled(Style.GOOD, line);
    }
    return line.startsWith("-") ? console.styled(Style.BAD, line) : line;
  }
}
