package dev.gitvan.shell.internal;

import java.util.List;
import java.util.function.UnaryOperator;

/** {@code gitvan --help}, made from what verbs say about themselves without an instance. */
final class RootHelp {
  private static final String OPTIONS =
      """
        --repo DIR      work on the repository of this directory
        --json          print JSON
        -q, --quiet     print results and problems only
        -v, --verbose   tell more; stack traces of failures
        --no-color      print without colours
        --no-daemon     run in this process
        --version       print the version
        -h, --help      show the help of a verb, or this
      """;

  private RootHelp() {}

  static String render(List<VerbRegistry.Entry> verbs, UnaryOperator<String> heading) {
    var text = new StringBuilder();
    text.append(heading.apply("Usage:")).append(" gitvan [OPTIONS] VERB [ARGUMENTS]\n\n");
    text.append("Makes a Git repository automate itself.\n\n");
    text.append(heading.apply("Verbs:")).append('\n');
    int width = verbs.stream().mapToInt(verb -> verb.name().length()).max().orElse(0);
    for (var verb : verbs) {
      text.append("  ").append(verb.name()).append(" ".repeat(width - verb.name().length() + 3));
      text.append(verb.description()).append('\n');
    }
    text.append('\n').append(heading.apply("Options, before or after the verb:")).append('\n');
    text.append(OPTIONS.indent(2).replace("\n  \n", "\n"));
    text.append("\nTo explain an error: gitvan help CODE.\n");
    text.append("To get started: gitvan init, then gitvan run changelog.\n");
    return text.toString();
  }
}
