package dev.gitvan.shell.internal.verbs;

import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which template, and what it is given: the same for every verb that renders one. */
final class TemplateInput {
  @Parameters(paramLabel = "FILE", description = "below the templates' folder, or the worktree")
  String file;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "a JSON or YAML file of data; - is standard input")
  String dataFile;

  @Option(
      names = "-d",
      paramLabel = "KEY=VALUE",
      description = "one more value, a YAML scalar; may be repeated")
  List<String> pairs;
}
