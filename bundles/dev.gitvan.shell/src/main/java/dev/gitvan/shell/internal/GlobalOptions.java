package dev.gitvan.shell.internal;

import dev.gitvan.command.Console.Verbosity;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/** The options that every verb has. They are accepted before the verb and after it. */
final class GlobalOptions {
  private static final List<String> NAMES =
      List.of(
          "--repo",
          "--json",
          "-q",
          "--quiet",
          "-v",
          "--verbose",
          "--no-color",
          "--no-daemon",
          "--version",
          "-h",
          "--help");

  private String repository;
  private boolean json;
  private boolean colorless;
  private boolean help;
  private boolean version;
  private Verbosity verbosity = Verbosity.NORMAL;

  /** The directory of {@code --repo}; null when it was not given. */
  String repository() {
    return repository;
  }

  boolean json() {
    return json;
  }

  boolean colorless() {
    return colorless;
  }

  boolean help() {
    return help;
  }

  boolean version() {
    return version;
  }

  Verbosity verbosity() {
    return verbosity;
  }

  /**
   * Notes the options that decide how problems are printed, wherever they stand, so that a problem
   * with the arguments themselves is printed that way too.
   */
  void peek(List<String> arguments) {
    for (var argument : arguments) {
      switch (argument) {
        case "--" -> {
          return;
        }
        case "--json" -> json = true;
        case "--no-color" -> colorless = true;
        case "-v", "--verbose" -> verbosity = Verbosity.VERBOSE;
        default -> {
          // Read by the verb.
        }
      }
    }
  }

  /**
   * Reads the options before the verb.
   *
   * @return the rest: the verb and its arguments; empty when there is no verb
   */
  List<String> read(List<String> arguments) {
    int i = 0;
    while (i < arguments.size() && arguments.get(i).startsWith("-")) {
      var argument = arguments.get(i++);
      switch (argument) {
        case "--json" -> json = true;
        case "-q", "--quiet" -> verbosity = Verbosity.QUIET;
        case "-v", "--verbose" -> verbosity = Verbosity.VERBOSE;
        case "--no-color" -> colorless = true;
        case "--no-daemon" -> {
          // Commands run in process.
        }
        case "--version" -> version = true;
        case "-h", "--help" -> help = true;
        case "--repo" -> {
          if (i == arguments.size()) {
            throw missing();
          }
          repository = arguments.get(i++);
        }
        default -> {
          if (!argument.startsWith("--repo=")) {
            throw GitVanException.of(
                Codes.USAGE,
                "gitvan",
                "there is no option " + argument,
                Nearest.sentence(argument, NAMES, "See gitvan --help."));
          }
          repository = argument.substring("--repo=".length());
        }
      }
    }
    return List.copyOf(arguments.subList(i, arguments.size()));
  }

  private static GitVanException missing() {
    return GitVanException.of(
        Codes.USAGE, "gitvan", "--repo needs a directory", "Write --repo DIR.");
  }

  /** Gives the options to a verb and all its subcommands; options of their own win. */
  void addTo(CommandSpec command) {
    for (var option : options()) {
      var names =
          List.of(option.names()).stream()
              .filter(name -> !command.optionsMap().containsKey(name))
              .toArray(String[]::new);
      if (names.length > 0) {
        command.addOption(OptionSpec.builder(option).names(names).build());
      }
    }
    command.subcommands().values().forEach(subcommand -> addTo(subcommand.getCommandSpec()));
  }

  private List<OptionSpec> options() {
    var options = new ArrayList<OptionSpec>();
    options.add(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("show this help")
            .type(boolean.class)
            .build());
    options.add(flag("print JSON", value -> json = value, "--json"));
    options.add(
        OptionSpec.builder("--repo")
            .paramLabel("DIR")
            .description("use the repository of this directory")
            .type(String.class)
            .setter(setter((String value) -> repository = value))
            .build());
    options.add(
        flag(
            "print only results and problems",
            value -> verbosity = Verbosity.QUIET,
            "-q",
            "--quiet"));
    options.add(
        flag(
            "print more, including stack traces",
            value -> verbosity = Verbosity.VERBOSE,
            "-v",
            "--verbose"));
    options.add(flag("print without colour", value -> colorless = value, "--no-color"));
    options.add(flag("run in this process, without the daemon", value -> {}, "--no-daemon"));
    return options;
  }

  private static OptionSpec flag(String description, Consumer<Boolean> set, String... names) {
    return OptionSpec.builder(names[0], java.util.Arrays.copyOfRange(names, 1, names.length))
        .description(description)
        .type(boolean.class)
        .arity("0")
        .setter(setter(set))
        .build();
  }

  /** picocli resets every option to null before it parses: that is not a value. */
  private static <V> ISetter setter(Consumer<V> set) {
    return new ISetter() {
      @Override
      @SuppressWarnings("unchecked")
      public <T> T set(T value) {
        if (value != null && !Boolean.FALSE.equals(value)) {
          set.accept((V) value);
        }
        return value;
      }
    };
  }
}
