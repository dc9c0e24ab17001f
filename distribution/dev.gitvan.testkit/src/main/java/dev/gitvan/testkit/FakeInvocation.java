package dev.gitvan.testkit;

import dev.gitvan.command.Console.Verbosity;
import dev.gitvan.command.Invocation;
import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.repository.WorktreeId;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Runs a verb without a command line around it. Arguments are read, and failures become problems
 * and exit statuses, as on the command line; only the words of usage problems are picocli's own.
 * Use one for each call.
 */
public final class FakeInvocation implements Invocation {
  public final FakeConsole console = new FakeConsole();

  /** The caller's worktree; null: not in a repository. */
  public WorktreeId worktree;

  public Path workingDirectory;
  public Map<String, String> environment = Map.of();

  /** The bytes of standard input. */
  public byte[] in = {};

  private boolean dryRun;
  private Runnable interruption;
  private boolean interrupted;

  /** Creates a call from a directory outside of any repository. */
  public FakeInvocation(Path workingDirectory) {
    this.workingDirectory = workingDirectory;
  }

  /** Creates a call from the root of a worktree. */
  public FakeInvocation(WorktreeId worktree) {
    this.worktree = worktree;
    this.workingDirectory = worktree.root().orElse(worktree.gitDir());
  }

  /**
   * Runs {@code gitvan VERB ARGUMENTS}. A verb has the options {@code --help}, {@code --json},
   * {@code --quiet}, {@code --verbose} and {@code --no-color} besides its own.
   *
   * @param arguments the words after the verb's name
   * @return the exit status
   * @throws Exception what the verb throws, except for {@link GitVanException}, {@link
   *     InterruptedException} and invalid arguments: the command line reports it as a bug
   */
  public int run(Verb verb, String... arguments) throws Exception {
    var command = commandLine(verb);
    var words = new ArrayList<>(List.of(command.getCommandName()));
    words.addAll(List.of(arguments));
    try {
      var parsed = command.getParent().parseArgs(words.toArray(String[]::new));
      var last = last(parsed);
      var chosen = last.commandSpec();
      if (last.isUsageHelpRequested()) {
        console.out().print(chosen.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF));
        return ExitStatus.OK;
      }
      if (!isExecutable(chosen)) {
        throw usage(chosen, "a subcommand is missing", null);
      }
      verb.begin(this);
      return new RunLast().execute(parsed);
    } catch (ParameterException e) {
      return fail(usage(e.getCommandLine().getCommandSpec(), firstLine(e), e));
    } catch (ExecutionException e) {
      return fail(thrownByVerb(e));
    } catch (GitVanException e) {
      return fail(e);
    }
  }

  /** picocli's model of a verb, with the options that every verb has. */
  static CommandSpec model(Verb verb) {
    return new FakeInvocation(Path.of("")).commandLine(verb).getCommandSpec();
  }

  private CommandLine commandLine(Verb verb) {
    var root = new CommandLine(CommandSpec.create().name("gitvan"));
    var command = new CommandLine(verb);
    root.addSubcommand(command);
    root.setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOverwrittenOptionsAllowed(false);
    addCommonOptions(command.getCommandSpec());
    return command;
  }

  /** Options of its own win. */
  private void addCommonOptions(CommandSpec command) {
    var own = Set.copyOf(command.optionsMap().keySet());
    for (var option : CommandSpec.forAnnotatedObject(new CommonOptions()).options()) {
      var names =
          Arrays.stream(option.names()).filter(name -> !own.contains(name)).toArray(String[]::new);
      if (names.length > 0) {
        command.addOption(OptionSpec.builder(option).names(names).build());
      }
    }
    command.subcommands().values().forEach(each -> addCommonOptions(each.getCommandSpec()));
  }

  @Command
  private final class CommonOptions {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "show this help")
    private boolean help;

    @Option(names = "--json", description = "print JSON")
    private void json(boolean given) {
      console.json |= given;
    }

    @Option(
        names = {"-q", "--quiet"},
        description = "print only results and problems")
    private void quiet(boolean given) {
      console.verbosity = given ? Verbosity.QUIET : console.verbosity;
    }

    @Option(
        names = {"-v", "--verbose"},
        description = "print more")
    private void verbose(boolean given) {
      console.verbosity = given ? Verbosity.VERBOSE : console.verbosity;
    }

    @Option(names = "--no-color", description = "print without colour")
    private void colourless(boolean given) {
      console.colour &= !given;
    }
  }

  private static ParseResult last(ParseResult parsed) {
    return parsed.hasSubcommand() ? last(parsed.subcommand()) : parsed;
  }

  private static boolean isExecutable(CommandSpec command) {
    var target = command.userObject();
    return target instanceof Callable
        || target instanceof Runnable
        || target instanceof java.lang.reflect.Method;
  }

  private static GitVanException usage(CommandSpec command, String what, Throwable cause) {
    var name = command.qualifiedName(" ");
    return new Problem(Codes.USAGE, name, what, "See " + name + " --help.").toException(cause);
  }

  private static String firstLine(ParameterException failure) {
    return failure.getMessage().lines().findFirst().orElse("invalid arguments");
  }

  private static Exception thrownByVerb(ExecutionException failure) {
    Throwable cause = failure;
    while (cause instanceof ExecutionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return (Exception) cause;
  }

  private int fail(Exception failure) throws Exception {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return fail(new Problem(Codes.INTERRUPTED, "gitvan", "interrupted", "").toException());
    }
    if (failure instanceof GitVanException explained) {
      console.problem(explained.problem(), explained);
      return explained.problem().exitStatus();
    }
    throw failure;
  }

  /**
   * Presses Ctrl-C: runs the verb's action for it, on another thread, as soon as the verb has set
   * one.
   */
  public synchronized void interrupt() {
    interrupted = true;
    if (interruption != null) {
      new Thread(interruption, "interrupt").start();
    }
  }

  @Override
  public synchronized void onInterrupt(Runnable action) {
    interruption = action;
    if (interrupted) {
      interrupt();
    }
  }

  @Override
  public FakeConsole console() {
    return console;
  }

  @Override
  public InputStream in() {
    return new ByteArrayInputStream(in);
  }

  @Override
  public Path workingDirectory() {
    return workingDirectory;
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public WorktreeId worktree() {
    if (worktree == null) {
      throw GitVanException.of(
          Codes.REPO_NOT_FOUND,
          workingDirectory.toString(),
          "not in a Git repository",
          "Run the command in a repository.");
    }
    return worktree;
  }

  @Override
  public boolean isDryRun() {
    return dryRun;
  }

  @Override
  public void dryRun() {
    dryRun = true;
  }
}
