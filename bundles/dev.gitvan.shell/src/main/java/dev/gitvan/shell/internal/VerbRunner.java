package dev.gitvan.shell.internal;

import dev.gitvan.command.Console.Style;
import dev.gitvan.command.Verb;
import dev.gitvan.config.Configurations;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Documents;
import dev.gitvan.extension.Selection;
import dev.gitvan.git.Git;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Runs one verb for one caller: finds it, has picocli read the arguments, and turns every outcome
 * into an exit status and at most one line. Only the verb that is called is instantiated. Safe for
 * any thread.
 */
@Component(service = VerbRunner.class)
public final class VerbRunner {
  /** Not a shared service that nothing implements at the moment. */
  private static final String PRESENT = "(!(gitvan.shared.present=false))";

  private final VerbRegistry verbs;

  // All optional: without them most verbs are of no use, but can still say so.
  @Reference(
      target = PRESENT,
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Documents documents;

  @Reference(
      target = PRESENT,
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Git git;

  @Reference(
      target = PRESENT,
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Configurations configurations;

  @Reference(
      target = PRESENT,
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Metrics metrics;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ServiceComponentRuntime components;

  /** Null outside of a framework: nobody debugs then. */
  private final BundleContext context;

  @Activate
  public VerbRunner(BundleContext context, @Reference VerbRegistry verbs) {
    this.context = context;
    this.verbs = verbs;
  }

  VerbRunner(VerbRegistry verbs) {
    this(null, verbs);
  }

  /** Runs what the arguments say and returns the exit status. */
  public int run(List<String> arguments, Caller caller) {
    long start = System.nanoTime();
    var options = new GlobalOptions();
    options.peek(arguments);
    var console = new TerminalConsole(caller, options, () -> documents);
    var call = new Call(caller, options, console, () -> git, () -> metrics);
    int status;
    try (var debugging = Debugging.of(context, caller.environment(), console.err())) {
      status = dispatch(options.read(arguments), options, call);
    } catch (GitVanException e) {
      console.problem(e.problem(), e);
      status = e.problem().exitStatus();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      status = fail(console, interrupted(), e);
    } catch (StackOverflowError e) {
      status = fail(console, internal("something is nested too deeply"), e);
    } catch (OutOfMemoryError e) {
      status =
          fail(
              console,
              new Problem(
                  Codes.INTERNAL,
                  "gitvan",
                  "out of memory",
                  "Raise the heap limit: GITVAN_JAVA_OPTS=-Xmx512m."),
              e);
    } catch (Exception | LinkageError | AssertionError e) {
      status = fail(console, internal(e.toString()), e);
    } finally {
      call.end();
    }
    warn(call);
    console.out().flush();
    console.err().flush();
    var recording = metrics;
    if (recording != null && call.isMeasured()) {
      recording.recorder(Operation.CLI_REQUEST).since(start);
    }
    return status;
  }

  /** Says when the verb went on with an earlier configuration, because the files are wrong now. */
  private void warn(Call call) {
    var present = configurations;
    if (present != null) {
      call.usedWorktree()
          .flatMap(present::rejected)
          .filter(problem -> !call.console().hasTold(problem))
          .ifPresent(
              problem ->
                  call.console()
                      .problem(
                          new Problem(
                              problem.code(),
                              problem.place(),
                              problem.what(),
                              problem.remedy()
                                  + " Until it is fixed, the last valid configuration is used."),
                          null));
    }
  }

  private int dispatch(List<String> words, GlobalOptions options, Call call) throws Exception {
    if (options.version()) {
      return run("version", List.of(), options, call);
    }
    if (words.isEmpty() || words.equals(List.of("help"))) {
      return rootHelp(options.help() || !words.isEmpty(), call);
    }
    var rest = words.subList(1, words.size());
    if (words.get(0).equals("help")) {
      return ErrorCode.isName(rest.get(0))
          ? run("error", with(List.of("show"), rest), options, call)
          : run(rest.get(0), with(rest.subList(1, rest.size()), List.of("--help")), options, call);
    }
    return run(words.get(0), options.help() ? with(rest, List.of("--help")) : rest, options, call);
  }

  private int run(String name, List<String> arguments, GlobalOptions options, Call call)
      throws Exception {
    while (true) {
      var entry = entry(name, call);
      var answer =
          entry.with(
              verb ->
                  run(commandLine(entry, verb, options, call.console()), arguments, verb, call));
      if (answer.failure() == null) {
        return answer.value();
      }
      if (answer.failure() instanceof Error error) {
        throw error;
      }
      if (!answer.isGone()) {
        throw (Exception) answer.failure();
      }
      if (entry.extension().isActive()) {
        throw missing(name).toException();
      }
      // Replaced between finding and calling it.
    }
  }

  private VerbRegistry.Entry entry(String name, Call call) {
    var newest = verbs.find(name).orElseThrow(() -> missing(name).toException());
    if (newest.extension().isBuiltIn()) {
      return newest;
    }
    var selection = selection(call);
    return selection.equals(Selection.ALL)
        ? newest
        : verbs
            .find(name, selection)
            .orElseThrow(
                () ->
                    GitVanException.of(
                        Codes.USAGE,
                        name,
                        newest.extension().bundle() + " does not act in this repository",
                        "See the section bundles in gitvan config show."));
  }

  /** The plugins that the worktree selects; all of them outside of a repository. */
  private Selection selection(Call call) {
    var present = configurations;
    return present == null
        ? Selection.ALL
        : call.tryWorktree()
            .map(worktree -> Selection.of(present.load(worktree)))
            .orElse(Selection.ALL);
  }

  /** Why a verb that is installed cannot be called; empty when it can, or is not installed. */
  public Optional<Problem> unavailable(String name) {
    return verbs.find(name).isPresent()
        ? Optional.empty()
        : unsatisfied().flatMap(unsatisfied -> unsatisfied.explain(name));
  }

  private Problem missing(String name) {
    var unsatisfied = unsatisfied();
    var why = unsatisfied.flatMap(all -> all.explain(name));
    if (why.isPresent()) {
      return why.get();
    }
    var names = new TreeSet<String>();
    verbs.list().forEach(entry -> names.add(entry.name()));
    unsatisfied.ifPresent(all -> all.names().forEach(names::add));
    return UsageProblems.unknownVerb(name, names);
  }

  private Optional<UnsatisfiedVerbs> unsatisfied() {
    return Optional.ofNullable(components).map(runtime -> new UnsatisfiedVerbs(context, runtime));
  }

  /** picocli's model of {@code gitvan NAME} around an instance of the verb. */
  private static CommandLine commandLine(
      VerbRegistry.Entry entry, Verb verb, GlobalOptions options, TerminalConsole console) {
    var commandLine = VerbModels.of(entry, verb);
    options.addTo(commandLine.getCommandSpec());
    commandLine
        .setUsageHelpWidth(100)
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                console.hasColour('o') ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    return commandLine;
  }

  private static int run(CommandLine commandLine, List<String> arguments, Verb verb, Call call)
      throws Exception {
    try {
      var words = new ArrayList<>(List.of(commandLine.getCommandName()));
      words.addAll(arguments);
      var parsed = commandLine.getParent().parseArgs(words.toArray(String[]::new));
      var last = last(parsed);
      var command = last.commandSpec();
      if (last.isUsageHelpRequested()) {
        call.console().unescaped('o').print(command.commandLine().getUsageMessage(ansi(call, 'o')));
        return ExitStatus.OK;
      }
      if (!isExecutable(command)) {
        call.console().unescaped('e').print(command.commandLine().getUsageMessage(ansi(call, 'e')));
        throw UsageProblems.missingSubcommand(command).toException();
      }
      verb.begin(call);
      return new RunLast().execute(parsed);
    } catch (ParameterException e) {
      throw UsageProblems.of(e).toException(e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  private static CommandLine.Help.Ansi ansi(Call call, char stream) {
    return call.console().hasColour(stream) ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF;
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

  /** What the verb itself threw. */
  private static Exception unwrapped(ExecutionException failure) {
    Throwable cause = failure;
    while (cause instanceof ExecutionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof Exception exception ? exception : failure;
  }

  private int rootHelp(boolean asked, Call call) {
    var console = call.console();
    var stream = asked ? console.out() : console.err();
    char letter = asked ? 'o' : 'e';
    stream.print(
        RootHelp.render(verbs.list(), text -> console.styled(Style.HEADING, text, letter)));
    if (asked) {
      return ExitStatus.OK;
    }
    throw GitVanException.of(Codes.USAGE, "gitvan", "a verb is missing", "See above.");
  }

  private static List<String> with(List<String> arguments, List<String> further) {
    var all = new ArrayList<>(arguments);
    all.addAll(further);
    return all;
  }

  private static int fail(TerminalConsole console, Problem problem, Throwable cause) {
    console.problem(problem, cause);
    return problem.exitStatus();
  }

  private static Problem interrupted() {
    return new Problem(Codes.INTERRUPTED, "gitvan", "interrupted", "");
  }

  private static Problem internal(String what) {
    return new Problem(
        Codes.INTERNAL,
        "gitvan",
        what.lines().findFirst().orElse("unexpected failure"),
        "This is a bug in GitVan or in a plugin: run the command again with -v, and report what it"
            + " prints.");
  }
}
