package dev.gitvan.shell.internal.completion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What can be typed at a command: its subcommands, options and arguments, without what is hidden.
 *
 * @param path the words that lead here, such as {@code job list}; empty for {@code gitvan} itself
 */
public record CommandModel(
    String path,
    String name,
    String description,
    List<CommandModel> subcommands,
    List<Option> options,
    List<Values> arguments) {

  /** Words that need no quotes in any shell. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:+-]+");

  /** Kinds of values. */
  public enum Kind {
    /** None: a flag. */
    NONE,
    JOB,
    FILE,
    DIRECTORY,
    /** One of some words. */
    WORD,
    /** Nothing that could be proposed. */
    OTHER
  }

  /**
   * The values of an option or argument.
   *
   * @param label how help names it
   * @param words the values of kind {@code WORD}
   */
  public record Values(Kind kind, String label, List<String> words) {}

  /** An option. */
  public record Option(List<String> names, String description, Values values) {}

  /**
   * The model of a verb.
   *
   * @param candidates words for the values of a label
   */
  static CommandModel of(
      String path,
      String description,
      CommandSpec spec,
      Function<String, List<String>> candidates) {
    var subcommands =
        spec.subcommands().entrySet().stream()
            .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
            .map(
                entry -> {
                  var child = entry.getValue().getCommandSpec();
                  return of(
                      path + " " + entry.getKey(),
                      text(child.usageMessage().description()),
                      child,
                      candidates);
                })
            .toList();
    var options =
        spec.options().stream()
            .filter(option -> !option.hidden())
            .map(
                option ->
                    new Option(
                        List.of(option.names()),
                        text(option.description()),
                        values(option, candidates)))
            .toList();
    var arguments =
        spec.positionalParameters().stream()
            .filter(argument -> !argument.hidden())
            .map(argument -> values(argument, candidates))
            .toList();
    return new CommandModel(
        path,
        path.substring(path.lastIndexOf(' ') + 1),
        description,
        subcommands,
        options,
        arguments);
  }

  /** {@code gitvan} itself. */
  static CommandModel root(List<CommandModel> verbs, List<Option> options) {
    return new CommandModel("", "gitvan", "", verbs, options, List.of());
  }

  /** This command and all below it. */
  public Stream<CommandModel> all() {
    return Stream.concat(Stream.of(this), subcommands.stream().flatMap(CommandModel::all));
  }

  /** The command that words lead to; words that are no subcommands are passed over. */
  public CommandModel at(List<String> words) {
    var here = this;
    for (var word : words) {
      var found = here.subcommands.stream().filter(sub -> sub.name.equals(word)).findFirst();
      here = found.orElse(here);
    }
    return here;
  }

  /** The option of a name. */
  public Optional<Option> option(String name) {
    return options.stream().filter(option -> option.names().contains(name)).findFirst();
  }

  private static Values values(ArgSpec argument, Function<String, List<String>> candidates) {
    var label = argument.paramLabel();
    if (argument.isOption() && argument.arity().max() == 0) {
      return new Values(Kind.NONE, label, List.of());
    }
    if (argument.type().isEnum()) {
      var words =
          Arrays.stream(argument.type().getEnumConstants())
              .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
              .toList();
      return new Values(Kind.WORD, label, words);
    }
    if (argument.completionCandidates() != null) {
      var words =
          StreamSupport.stream(argument.completionCandidates().spliterator(), false).toList();
      return new Values(Kind.WORD, label, words);
    }
    var words = candidates.apply(label).stream().filter(PLAIN.asMatchPredicate()).toList();
    if (!words.isEmpty()) {
      return new Values(Kind.WORD, label, words);
    }
    return new Values(
        switch (label) {
          case "JOB" -> Kind.JOB;
          case "FILE", "PATH" -> Kind.FILE;
          case "DIR" -> Kind.DIRECTORY;
          default -> Kind.OTHER;
        },
        label,
        List.of());
  }

  /** The first sentence, without what picocli would put in. */
  private static String text(String[] description) {
    var parts = new ArrayList<>(List.of(description));
    var first = parts.isEmpty() ? "" : parts.get(0);
    int end = first.indexOf(';');
    first = end < 0 ? first : first.substring(0, end);
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }
}
