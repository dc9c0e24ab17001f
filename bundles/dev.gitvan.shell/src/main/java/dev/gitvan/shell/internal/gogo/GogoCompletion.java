package dev.gitvan.shell.internal.gogo;

import dev.gitvan.shell.internal.Caller;
import dev.gitvan.shell.internal.VerbRegistry;
import dev.gitvan.shell.internal.completion.CommandModel;
import dev.gitvan.shell.internal.completion.CommandModels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.felix.service.command.CommandSession;
import org.jline.builtins.Completers.CompletionData;

/**
 * Completion of verbs in an interactive session. Gogo keeps completions in a variable of the
 * session, as lists of options and of functions to call; the functions here are commands of the
 * scope {@code gitvan} whose names begin with an underscore, which Gogo does not propose.
 */
final class GogoCompletion {
  private static final String COMPLETIONS = ".completions";
  private static final String HISTORY_FILE = "history-file";

  private final VerbRegistry verbs;
  private final CommandLine commandLine;
  private final ShellProcess shell;
  private final Path stateDirectory;

  /**
   * @param stateDirectory where the history is kept
   */
  GogoCompletion(
      VerbRegistry verbs, CommandLine commandLine, ShellProcess shell, Path stateDirectory) {
    this.verbs = verbs;
    this.commandLine = commandLine;
    this.shell = shell;
    this.stateDirectory = stateDirectory;
  }

  /** {@code gitvan:_setup}, called by {@code etc/gosh_profile}. */
  Object setUp(CommandSession session, List<Object> arguments) throws IOException {
    Files.createDirectories(stateDirectory);
    session.put(HISTORY_FILE, stateDirectory.resolve("shell-history"));
    if (session.get(COMPLETIONS) instanceof Map<?, ?> completions) {
      @SuppressWarnings("unchecked")
      var typed = (Map<String, List<CompletionData>>) completions;
      for (var verb : CommandModels.of(verbs).subcommands()) {
        typed.put("gitvan:" + verb.name(), completions(verb));
      }
    }
    return null;
  }

  private static List<CompletionData> completions(CommandModel verb) {
    var completions = new ArrayList<CompletionData>();
    completions.add(new CompletionData(null, verb.description(), null, null));
    completions.add(
        new CompletionData(
            null, null, "gitvan:_arguments ($.commandLine words) ($.commandLine wordIndex)", null));
    var descriptions = new TreeMap<String, CommandModel.Option>();
    verb.all()
        .flatMap(command -> command.options().stream())
        .forEach(option -> descriptions.putIfAbsent(option.names().toString(), option));
    for (var option : descriptions.values()) {
      completions.add(
          new CompletionData(
              option.names(),
              option.description(),
              null,
              "gitvan:_offers '" + option.names().get(0) + "' ($.commandLine words)"));
    }
    return completions;
  }

  /** {@code gitvan:_offers OPTION WORDS}: whether the option belongs to what was typed. */
  Object offers(CommandSession session, List<Object> arguments) {
    var option = String.valueOf(arguments.get(0));
    return at(words(arguments.get(1))).option(option).isPresent();
  }

  /** {@code gitvan:_arguments WORDS INDEX}: what can stand at that index. */
  Object arguments(CommandSession session, List<Object> arguments) {
    int index = ((Number) arguments.get(1)).intValue();
    var typed = words(arguments.get(0));
    var before = typed.subList(0, Math.min(index, typed.size()));
    var command = at(before);
    var previous = before.isEmpty() ? "" : before.get(before.size() - 1);
    var option = command.option(previous);
    if (option.isPresent() && option.get().values().kind() != CommandModel.Kind.NONE) {
      return values(session, option.get().values());
    }
    if (!command.subcommands().isEmpty()) {
      return command.subcommands().stream().map(CommandModel::name).toList();
    }
    return command.arguments().isEmpty() ? List.of() : values(session, command.arguments().get(0));
  }

  private List<String> values(CommandSession session, CommandModel.Values values) {
    return switch (values.kind()) {
      case WORD -> values.words();
      case JOB -> jobs(session);
      case FILE, DIRECTORY -> files(session.currentDir());
      default -> List.of();
    };
  }

  private List<String> jobs(CommandSession session) {
    var out = new ByteArrayOutputStream();
    commandLine.run(
        List.of("job", "list", "--names"),
        Caller.map(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            session.currentDir(),
            shell.environment(),
            "",
            action -> {}));
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static List<String> files(Path directory) {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private CommandModel at(List<String> words) {
    var plain = new ArrayList<>(words);
    if (!plain.isEmpty()) {
      plain.set(0, plain.get(0).substring(plain.get(0).indexOf(':') + 1));
    }
    return CommandModels.of(verbs).at(plain);
  }

  private static List<String> words(Object argument) {
    return argument instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }
}
