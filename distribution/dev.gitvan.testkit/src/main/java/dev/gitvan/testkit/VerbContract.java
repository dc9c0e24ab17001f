package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The contract of verbs. Extend it, and supply the verb and examples of its command lines. Each
 * call is made in a real repository with one commit, by a {@link FakeInvocation}.
 */
public abstract class VerbContract extends Contract {
  private static final String UNKNOWN = "--no-verb-has-this-option";

  @TempDir Path directory;
  private GitSandbox git;
  private WorktreeId worktree;

  /** Creates the verb as its component would. */
  protected abstract Verb verb() throws Exception;

  /** Command lines that succeed: for each the words after the verb's name. */
  protected abstract List<List<String>> successes();

  /**
   * Those of the {@link #successes} that print one JSON document with {@code --json}; all of them
   * unless it is overridden.
   */
  protected List<List<String>> jsonSuccesses() {
    return successes();
  }

  /** Command lines that fail, other than by invalid usage, with the code of the problem. */
  protected Map<List<String>, ErrorCode> failures() {
    return Map.of();
  }

  /** Prepares the repository for the command lines. */
  protected void prepare(GitSandbox repository) throws Exception {}

  /** The repository of this test; it is created by the first call. */
  protected final synchronized GitSandbox git() throws Exception {
    if (git == null) {
      git = GitSandbox.init(directory);
      git.commit("README.md", "contract\n", "Begin");
      worktree = git.worktree();
      prepare(git);
    }
    return git;
  }

  /** A call from the root of the repository. */
  protected final FakeInvocation invocation() throws Exception {
    var environment = git().environment();
    var call = new FakeInvocation(worktree);
    call.environment = environment;
    return call;
  }

  /** A call from outside of any repository. */
  private FakeInvocation elsewhere() {
    return new FakeInvocation(directory);
  }

  private int run(FakeInvocation call, List<String> words) throws Exception {
    return call.run(verb(), words.toArray(String[]::new));
  }

  /** A command and the words that call it. */
  private record Called(CommandSpec command, List<String> words) {
    boolean isExecutable() {
      return command.userObject() instanceof Callable
          || command.userObject() instanceof Runnable
          || command.userObject() instanceof java.lang.reflect.Method;
    }
  }

  /** The verb and all its subcommands. */
  private List<Called> commands() throws Exception {
    var commands = new ArrayList<Called>();
    collect(FakeInvocation.model(verb()), List.of(), commands);
    return commands;
  }

  private static void collect(CommandSpec command, List<String> words, List<Called> into) {
    into.add(new Called(command, words));
    command
        .subcommands()
        .forEach((name, sub) -> collect(sub.getCommandSpec(), with(words, name), into));
  }

  private static List<String> with(List<String> words, String last) {
    var all = new ArrayList<>(words);
    all.add(last);
    return all;
  }

  @Test
  void describesCommandsAndTheirArguments() throws Exception {
    for (var called : commands()) {
      var name = called.command().qualifiedName(" ");
      assertThat(called.command().usageMessage().description()).as(name).isNotEmpty();
      assertThat(called.command().args())
          .filteredOn(argument -> !argument.hidden())
          .allSatisfy(
              argument -> {
                assertThat(argument.description()).as(name + " " + argument).isNotEmpty();
                assertThat(String.join("", argument.description())).isNotBlank();
              });
      assertThat(called.command().commandLine().getUsageMessage(Ansi.OFF))
          .contains("Usage: " + name);
    }
  }

  @Test
  void printsHelpToStandardOutput() throws Exception {
    for (var called : commands()) {
      var call = elsewhere();
      assertThat(run(call, with(called.words(), "--help"))).isEqualTo(ExitStatus.OK);
      assertThat(call.console.printed()).contains("Usage: ", "--help");
      assertThat(call.console.printedErrors()).isEmpty();
    }
  }

  @Test
  void refusesUnknownOptions() throws Exception {
    for (var called : commands()) {
      assertUsageProblem(with(called.words(), UNKNOWN));
    }
  }

  @Test
  void refusesMissingArgumentsAndSubcommands() throws Exception {
    for (var called : commands()) {
      if (!called.isExecutable() || called.command().args().stream().anyMatch(ArgSpec::required)) {
        assertUsageProblem(called.words());
      }
    }
  }

  private void assertUsageProblem(List<String> words) throws Exception {
    var call = elsewhere();
    assertThat(run(call, words)).as("%s", words).isEqualTo(ExitStatus.USER);
    assertThat(call.console.problems)
        .as("%s", words)
        .extracting(problem -> problem.code())
        .containsExactly(Codes.USAGE);
    assertThat(call.console.printed()).as("%s", words).isEmpty();
  }

  @Test
  void succeeds() throws Exception {
    for (var words : successes()) {
      var call = invocation();
      assertThat(run(call, words)).as("%s", words).isEqualTo(ExitStatus.OK);
      assertThat(call.console.problems).as("%s", words).isEmpty();
      assertThat(call.console.documents).as("%s without --json", words).isEmpty();
    }
  }

  @Test
  void printsOneJsonDocumentAndNothingElse() throws Exception {
    for (var words : jsonSuccesses()) {
      var call = invocation();
      assertThat(run(call, with(words, "--json"))).as("%s", words).isEqualTo(ExitStatus.OK);
      assertThat(call.console.documents)
          .as("%s", words)
          .singleElement()
          .satisfies(document -> assertThat(schema(document)).matches("[a-z][a-z0-9.-]*\\.v\\d+"));
      assertThat(call.console.printed()).as("%s", words).isEmpty();
    }
  }

  private static String schema(Map<String, Object> document) {
    return String.valueOf(document.get("schema"));
  }

  @Test
  void failsWithOneProblemAndItsExitStatus() throws Exception {
    for (var failure : failures().entrySet()) {
      for (var words : List.of(failure.getKey(), with(failure.getKey(), "--json"))) {
        var call = invocation();
        int status = run(call, words);
        assertThat(call.console.problems).as("%s", words).hasSize(1);
        var problem = call.console.problems.get(0);
        assertThat(problem.code()).as("%s", words).isEqualTo(failure.getValue());
        assertThat(problem.place()).as("%s", words).isNotBlank();
        assertThat(problem.what()).as("%s", words).isNotBlank().doesNotContain("\n");
        assertThat(status).as("%s", words).isEqualTo(problem.exitStatus());
        assertThat(call.console.documents).as("%s", words).isEmpty();
        assertThat(call.console.printed()).as("%s", words).isEmpty();
      }
    }
  }

  @Test
  void hasAnInstanceForEachCall() throws Exception {
    assertThat(verb()).isNotSameAs(verb());
    for (var words : successes()) {
      HostCalls.concurrently(() -> run(invocation(), words));
    }
  }

  @Test
  void endsSoonWhenItIsInterrupted() throws Exception {
    for (var words : successes()) {
      var interrupted = invocation();
      HostCalls.assertEndsWhenInterrupted(() -> run(interrupted, words));
      var cancelled = invocation();
      cancelled.interrupt();
      HostCalls.assertEndsSoon(() -> run(cancelled, words));
    }
  }
}
