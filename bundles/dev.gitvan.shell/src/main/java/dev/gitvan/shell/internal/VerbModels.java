package dev.gitvan.shell.internal;

import dev.gitvan.command.Verb;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** picocli's models of verbs. */
public final class VerbModels {
  private VerbModels() {}

  /** {@code gitvan NAME} around an instance. Arguments are taken as they are: no {@code @file}. */
  static CommandLine of(VerbRegistry.Entry entry, Verb verb) {
    var root = new CommandLine(CommandSpec.create().name("gitvan"));
    var commandLine = new CommandLine(verb);
    root.addSubcommand(entry.name(), commandLine);
    commandLine.getCommandSpec().name(entry.name());
    root.setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOverwrittenOptionsAllowed(false);
    return commandLine;
  }

  /** The model of a verb with the options that every verb has. */
  public static CommandSpec complete(VerbRegistry.Entry entry, Verb verb) {
    var spec = of(entry, verb).getCommandSpec();
    new GlobalOptions().addTo(spec);
    return spec;
  }

  /** The model of {@code gitvan} itself, without its verbs. */
  public static CommandSpec globalOptions() {
    var spec = CommandSpec.create().name("gitvan");
    new GlobalOptions().addTo(spec);
    return spec;
  }
}
