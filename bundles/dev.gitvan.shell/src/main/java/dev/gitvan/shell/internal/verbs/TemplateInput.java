package dev.gitvan.shell.internal.verbs;

import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which template, and what it is given: the same for every verb that renders one. */
final class TemplateInput {
  @Parameters(
      paramLabel = "FILE",
      description = "template, relative to the template folder or the worktree")
  String file;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "JSON or YAML file of data; - reads standard input")
  String dataFile;

  @Option(
      names = "-d",
      paramLabel = "KEY=VALUE",
      description = "an additional value, as a YAML scalar; may be repeated")
  List<String> pairs;
}
