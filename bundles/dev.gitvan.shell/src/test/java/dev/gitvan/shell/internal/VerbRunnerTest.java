package dev.gitvan.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.command.Invocation;
import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.extension.InvalidExtensionException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Constants;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class VerbRunnerTest {
  private final ShellFixture shell = new ShellFixture();

  @BeforeEach
  void addVerbs() {
    shell.verb("say", Say::new).verb("fail", Fail::new).verb("thing", Thing::new);
  }

  @Test
  void runsAVerbWithItsArguments() {
    assertThat(shell.run("say", "-n", "2", "$HOME {x} @file")).isEqualTo(0);
    assertThat(shell.out).isEqualTo("$HOME {x} @file\n$HOME {x} @file\n");
    assertThat(shell.err).isEmpty();
  }

  @Test
  void takesGlobalOptionsBeforeAndAfterTheVerb() {
    for (var arguments :
        List.of(
            List.of("--json", "--repo", "/elsewhere", "say", "hi"),
            List.of("say", "hi", "--json", "--repo=/elsewhere"))) {
      assertThat(shell.run(arguments.toArray(String[]::new))).isEqualTo(0);
      assertThat(shell.out).isEqualTo("{\"schema\":\"say.v1\",\"text\":\"hi\"}\n");
    }
  }

  /** A repository that is named is meant, whatever Git's variables say. */
  @Test
  void gitsVariablesCountUnlessARepositoryIsNamed() {
    shell.verb("index", Index::new);
    shell.environment.put("GIT_INDEX_FILE", "/other/index");
    assertThat(shell.run("index")).isEqualTo(0);
    assertThat(shell.out).isEqualTo("/other/index\n");
    assertThat(shell.run("--repo", "/elsewhere", "index")).isEqualTo(0);
    assertThat(shell.out).isEqualTo("/repo/.git/index\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sya hi | USAGE gitvan: there is no verb sya. Did you mean say?
          nonsense | USAGE gitvan: there is no verb nonsense. See gitvan --help.
          --jsno say | USAGE gitvan: there is no option --jsno. Did you mean --json?
          --repo | USAGE gitvan: --repo needs a directory. Write --repo DIR.
          say | USAGE gitvan say: TEXT is missing. See gitvan say --help.
          say --lines | USAGE gitvan say: there is no option --lines. Did you mean --line?
          say hi --lines | USAGE gitvan say: there is no option --lines. Did you mean --line?
          say hi --jsn | USAGE gitvan say: there is no option --jsn. Did you mean --json?
          say hi ho | USAGE gitvan say: 'ho' is an unexpected argument. See gitvan say --help.
          say hi -n | USAGE gitvan say: --count needs a value. See gitvan say --help.
          say hi -n x | USAGE gitvan say: 'x' is not a valid value for --count. Give a whole number. See gitvan say --help.
          say hi -n 1 -n 2 | USAGE gitvan say: --count is given twice. Give it once.
          thing lits | USAGE gitvan thing: there is no subcommand lits. Did you mean list?
          thing show | USAGE gitvan thing show: NAME is missing. See gitvan thing show --help.
          """)
  void tellsInOneLineWhatIsWrongWithTheArguments(String arguments, String line) {
    assertThat(shell.run(arguments.split(" "))).isEqualTo(2);
    assertThat(shell.out).isEmpty();
    assertThat(shell.err).isEqualTo(line + "\n");
  }

  @Test
  void groupsWithoutASubcommandPrintTheirHelp() {
    assertThat(shell.run("thing")).isEqualTo(2);
    assertThat(shell.out).isEmpty();
    assertThat(shell.err)
        .startsWith("Usage: gitvan thing")
        .endsWith("USAGE gitvan thing: a subcommand is missing. Use one of list, show.\n");
  }

  @Test
  void printsHelpOfEverything() {
    assertThat(shell.run("--help")).isEqualTo(0);
    assertThat(shell.out).contains("  fail    Does fail\n", "--repo DIR");
    assertThat(shell.run("say", "--help")).isEqualTo(0);
    assertThat(shell.out).contains("Usage: gitvan say", "TEXT", "--count", "--json");
    assertThat(shell.run("thing", "show", "-h")).isEqualTo(0);
    assertThat(shell.out).contains("Usage: gitvan thing show", "NAME", "--json");
    assertThat(shell.run("help", "say")).isEqualTo(0);
    assertThat(shell.out).contains("Usage: gitvan say");
    assertThat(shell.run()).isEqualTo(2);
    assertThat(shell.out).isEmpty();
    assertThat(shell.err).contains("USAGE gitvan: a verb is missing.");
  }

  @Test
  void printsProblemsAsOneLineAndAsAnObject() {
    assertThat(shell.run("fail", "problem")).isEqualTo(75);
    assertThat(shell.err).isEqualTo("REPO_LOCKED here: it is locked. Wait.\n");
    assertThat(shell.run("fail", "problem", "--json")).isEqualTo(75);
    assertThat(shell.err)
        .isEqualTo(
            "{\"schema\":\"gitvan.error.v1\",\"code\":\"REPO_LOCKED\",\"place\":\"here\","
                + "\"message\":\"it is locked\",\"remedy\":\"Wait.\"}\n");
    assertThat(shell.run("--json", "nonsense")).isEqualTo(2);
    assertThat(shell.err).startsWith("{\"schema\":\"gitvan.error.v1\",\"code\":\"USAGE\"");
  }

  @ParameterizedTest
  @CsvSource({"exception,unexpected", "stack,nested", "memory,memory", "link,NoClassDefFoundError"})
  void survivesFaults(String how, String word) {
    assertThat(shell.run("fail", how)).isEqualTo(70);
    assertThat(shell.err).startsWith("INTERNAL gitvan: ").contains(word);
    assertThat(shell.err.lines()).hasSize(1);
    assertThat(shell.run("-v", "fail", how)).isEqualTo(70);
    assertThat(shell.err).contains("\tat " + Fail.class.getName());
  }

  @Test
  void escapesWhatVerbsPrint() {
    assertThat(shell.run("say", "x\u001b[2J\u202ey")).isEqualTo(0);
    assertThat(shell.out).isEqualTo("x\\u001b[2J\\u202ey\n");
    shell.run("no\u202esense");
    assertThat(shell.err).contains("there is no verb no\\u202esense");
  }

  @Test
  void coloursOnlyWhatIsSeen() {
    shell.environment.put("GITVAN_TTY", "e");
    assertThat(shell.run("fail", "problem")).isEqualTo(75);
    assertThat(shell.err).startsWith("\u001b[31mREPO_LOCKED\u001b[0m here");
    assertThat(shell.run("fail", "problem", "--no-color")).isEqualTo(75);
    assertThat(shell.err).startsWith("REPO_LOCKED here");
    for (var variable : List.of("NO_COLOR", "CI")) {
      shell.environment.put(variable, "1");
      shell.run("fail", "problem");
      assertThat(shell.err).as(variable).startsWith("REPO_LOCKED here");
      shell.environment.remove(variable);
    }
    shell.environment.clear();
    shell.environment.put("CLICOLOR_FORCE", "1");
    shell.run("fail", "problem");
    assertThat(shell.err).startsWith("\u001b[31m");
  }

  @Test
  void theFirstOfANameIsCalledAndTheOthersAreReported() throws Exception {
    shell.verb("say", Fail::new);
    assertThat(shell.run("say", "hi")).isEqualTo(0);
    assertThat(shell.registry.rejections())
        .extracting(dev.gitvan.diagnostics.Rejection::code)
        .containsExactly("SHADOWED");
  }

  @Test
  void propertiesThatDescribeNoVerbAreRejected() {
    var prototype = Constants.SCOPE_PROTOTYPE;
    assertThat(rejection("No Name", prototype)).isEqualTo("NAME_INVALID");
    assertThat(rejection("other", Constants.SCOPE_SINGLETON)).isEqualTo("SCOPE");
    assertThat(rejection("other", prototype)).isEmpty();
  }

  private static String rejection(String name, String scope) {
    try {
      VerbRegistry.Description.read(
          Map.of("gitvan.verb.name", name, Constants.SERVICE_SCOPE, scope));
      return "";
    } catch (InvalidExtensionException e) {
      return e.code();
    }
  }

  private abstract static class Base implements Verb {
    Invocation invocation;

    @Override
    public void begin(Invocation given) {
      invocation = given;
    }
  }

  @Command(name = "say")
  private static final class Say extends Base implements Callable<Integer> {
    @Parameters(paramLabel = "TEXT")
    private String text;

    @Option(
        names = {"-n", "--count"},
        defaultValue = "1")
    private int count;

    @Option(names = "--line")
    private boolean line;

    @Override
    public Integer call() {
      for (int i = 0; i < count; i++) {
        if (invocation.console().json()) {
          invocation.console().json("say.v1", Map.of("text", text));
        } else {
          invocation.console().out().println(text);
        }
      }
      return 0;
    }
  }

  @Command(name = "index")
  private static final class Index extends Base implements Callable<Integer> {
    @Override
    public Integer call() {
      invocation.console().out().println(invocation.worktree().index());
      return 0;
    }
  }

  @Command(name = "fail")
  private static final class Fail extends Base implements Callable<Integer> {
    @Parameters(paramLabel = "HOW")
    private String how;

    @Override
    public Integer call() {
      return switch (how) {
        case "problem" ->
            throw GitVanException.of(Codes.REPO_LOCKED, "here", "it is locked", "Wait.");
        case "stack" -> recurse(0);
        case "memory" -> throw new OutOfMemoryError("test");
        case "link" -> throw new NoClassDefFoundError("test");
        default -> throw new IllegalStateException("unexpected\nin two lines");
      };
    }

    private int recurse(int depth) {
      return recurse(depth + 1) + 1;
    }
  }

  @Command(name = "thing", description = "Things.")
  private static final class Thing extends Base {
    @Command(name = "list", description = "List.")
    int list() {
      invocation.console().table(List.of("a", "b"), List.of(List.of("1", "2")));
      return 0;
    }

    @Command(name = "show", description = "Show.")
    int show(@Parameters(paramLabel = "NAME") String name) {
      return 3;
    }
  }
}
