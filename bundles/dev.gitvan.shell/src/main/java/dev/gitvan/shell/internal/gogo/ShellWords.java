package dev.gitvan.shell.internal.gogo;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.shell.internal.VerbRunner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;

/**
 * Makes an interactive session report failures as the command line does, where Gogo and Felix would
 * print Java exceptions. Uses variables of the session, which Gogo finds before the commands of the
 * same names; other sessions are not changed.
 */
final class ShellWords {
  /** Gogo calls the function of this name in place of a command that it does not find. */
  private static final String UNKNOWN_COMMAND = "default";

  private static final String COMMANDS = ".commands";
  private static final String SCOPE = "gitvan:";

  private final VerbRunner runner;
  private final CommandLine commandLine;
  private final ShellProcess shell;
  private final BundleCommands bundles;

  ShellWords(
      VerbRunner runner, CommandLine commandLine, ShellProcess shell, BundleCommands bundles) {
    this.runner = runner;
    this.commandLine = commandLine;
    this.shell = shell;
    this.bundles = bundles;
  }

  void addTo(CommandSession session) {
    session.put(UNKNOWN_COMMAND, (Function) this::unknown);
    session.put("help", (Function) this::help);
    session.put("install", reporting(bundles::install));
    session.put("start", reporting(bundles::start));
    session.put("update", reporting(bundles::update));
  }

  private interface Command {
    Object run(CommandSession session, List<String> arguments);
  }

  private Function reporting(Command command) {
    return (session, arguments) -> {
      try {
        return command.run(session, arguments.stream().map(String::valueOf).toList());
      } catch (GitVanException e) {
        report(session, e.problem());
        return null;
      }
    };
  }

  /**
   * A verb whose component is not satisfied has no command: it is called anyway, and reports why it
   * cannot run.
   */
  private Object unknown(CommandSession session, List<Object> arguments) throws Exception {
    var name = String.valueOf(arguments.get(0));
    var verb = verb(name);
    if (runner.unavailable(verb).isPresent()) {
      return new VerbFunction(verb, commandLine, shell)
          .execute(session, arguments.subList(1, arguments.size()));
    }
    var candidates = name.contains(":") ? commands(session) : unscoped(commands(session));
    report(
        session,
        new Problem(
            Codes.USAGE,
            "shell",
            "there is no command " + name,
            Nearest.sentence(name, candidates, "See help.")));
    return null;
  }

  private static String verb(String name) {
    return name.startsWith(SCOPE) ? name.substring(SCOPE.length()) : name;
  }

  /** Verbs explain themselves; Felix explains the other commands. */
  private Object help(CommandSession session, List<Object> arguments) throws Exception {
    var help = new VerbFunction("help", commandLine, shell);
    var all = commands(session);
    if (arguments.isEmpty()) {
      help.execute(session, List.of());
      var process = Process.Utils.current();
      var out = process == null ? session.getConsole() : process.out();
      out.println("\nOther commands of the shell, explained by help NAME:");
      out.println(
          "  " + String.join(" ", all.stream().filter(name -> !name.startsWith(SCOPE)).toList()));
      return null;
    }
    var name = String.valueOf(arguments.get(0));
    if (!all.contains(SCOPE + verb(name)) && (all.contains(name) || unscoped(all).contains(name))) {
      return session.execute("felix:help " + name);
    }
    var words = new ArrayList<>(arguments);
    words.set(0, verb(name));
    return help.execute(session, words);
  }

  @SuppressWarnings("unchecked")
  private static Collection<String> commands(CommandSession session) {
    return session.get(COMMANDS) instanceof Collection<?> names
        ? ((Collection<String>) names).stream().filter(name -> !name.contains(":_")).toList()
        : List.of();
  }

  private static Collection<String> unscoped(Collection<String> commands) {
    var names = new TreeSet<String>();
    commands.forEach(name -> names.add(name.substring(name.indexOf(':') + 1)));
    return names;
  }

  private void report(CommandSession session, Problem problem) {
    var process = Process.Utils.current();
    if (process == null) {
      session.getConsole().println(problem);
      return;
    }
    process.err().println(problem);
    process.error(problem.exitStatus());
    shell.ended(problem.exitStatus());
  }
}
