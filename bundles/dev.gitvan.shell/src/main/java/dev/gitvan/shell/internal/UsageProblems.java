package dev.gitvan.shell.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.diagnostics.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with the arguments, where picocli would need several. */
final class UsageProblems {
  private UsageProblems() {}

  /** An unknown verb. */
  static Problem unknownVerb(String name, Collection<String> verbs) {
    return new Problem(
        Codes.USAGE,
        "gitvan",
        "there is no verb " + name,
        Nearest.sentence(name, verbs, "See gitvan --help."));
  }

  /** A verb that only its subcommands can do. */
  static Problem missingSubcommand(CommandSpec command) {
    return problem(
        command,
        "a subcommand is missing",
        "Use one of " + String.join(", ", command.subcommands().keySet()) + ".");
  }

  static Problem of(ParameterException failure) {
    var command = failure.getCommandLine().getCommandSpec();
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return unmatched(command, unmatched.getUnmatched());
    }
    if (failure instanceof MissingParameterException missing) {
      var unknown = failure.getCommandLine().getUnmatchedArguments();
      // What was mistyped is what is missing, or stands where it should.
      return unknown.stream().anyMatch(UsageProblems::isOption)
          ? unmatched(command, unknown.stream().filter(UsageProblems::isOption).toList())
          : missing(command, missing.getMissing());
    }
    if (failure instanceof OverwrittenOptionException overwritten) {
      return problem(
          command, label(overwritten.getOverwritten()) + " is given twice", "Give it once.");
    }
    if (failure.getArgSpec() != null && failure.getValue() != null) {
      return problem(
          command,
          "'" + failure.getValue() + "' is not a valid value for " + label(failure.getArgSpec()),
          expectation(failure.getArgSpec()) + seeHelp(command));
    }
    return problem(command, firstLine(failure), seeHelp(command));
  }

  private static Problem unmatched(CommandSpec command, List<String> unmatched) {
    var first = unmatched.isEmpty() ? "" : unmatched.get(0);
    if (isOption(first)) {
      int equals = first.indexOf('=');
      var name = equals < 0 ? first : first.substring(0, equals);
      var names = new ArrayList<String>();
      command.options().forEach(option -> names.addAll(List.of(option.names())));
      return problem(
          command, "there is no option " + name, Nearest.sentence(name, names, seeHelp(command)));
    }
    var subcommands = command.subcommands().keySet();
    if (!subcommands.isEmpty()) {
      return problem(
          command,
          "there is no subcommand " + first,
          Nearest.sentence(
              first, subcommands, "Use one of " + String.join(", ", subcommands) + "."));
    }
    return problem(command, "'" + first + "' is an unexpected argument", seeHelp(command));
  }

  private static boolean isOption(String argument) {
    return argument.startsWith("-") && argument.length() > 1;
  }

  private static Problem missing(CommandSpec command, List<ArgSpec> missing) {
    var labels = missing.stream().map(UsageProblems::label).toList();
    var what =
        labels.isEmpty()
            ? "an argument is missing"
            : String.join(" and ", labels) + (labels.size() == 1 ? " is missing" : " are missing");
    // An option without its value is reported by the name of the option.
    if (missing.size() == 1 && missing.get(0) instanceof OptionSpec option && !option.required()) {
      what = option.longestName() + " needs a value";
    }
    return problem(command, what, seeHelp(command));
  }

  private static String label(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName()
        : ((PositionalParamSpec) argument).paramLabel();
  }

  private static String expectation(ArgSpec argument) {
    var type = argument.type();
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return "Give a whole number. ";
    }
    if (type.isEnum()) {
      var names = new ArrayList<String>();
      for (var constant : type.getEnumConstants()) {
        names.add(constant.toString().toLowerCase(java.util.Locale.ROOT));
      }
      return "Use one of " + String.join(", ", names) + ". ";
    }
    return "";
  }

  private static String seeHelp(CommandSpec command) {
    return "See " + command.qualifiedName(" ") + " --help.";
  }

  private static String firstLine(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("invalid arguments");
  }

  private static Problem problem(CommandSpec command, String what, String remedy) {
    return new Problem(Codes.USAGE, command.qualifiedName(" "), what, remedy);
  }
}
