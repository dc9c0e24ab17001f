package dev.gitvan.shell.internal.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.command.Invocation;
import dev.gitvan.command.Verb;
import dev.gitvan.shell.internal.ShellFixture;
import dev.gitvan.testkit.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the scripts in the shells they are for. */
class CompletionScriptsTest {
  @TempDir Path directory;

  private final ShellFixture shell = new ShellFixture();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gitvan t | thing
          gitvan thing @ | list show
          gitvan thing s | show
          gitvan thing show @ | docs:changelog docs:site release
          gitvan thing show docs:c | changelog
          gitvan --json thing list --li | --limit
          gitvan thing list --kind @ | large small
          gitvan thing list --format @ | csv json
          gitvan thing list --js | --json
          gitvan go --repo /tmp go --dr | --dry-run
          """)
  void bash(String line, String expected) throws Exception {
    Machine.needsProgram("bash");
    var script =
        """
        gitvan() { printf 'release\\ndocs:changelog\\ndocs:site\\n'; }
        COMP_WORDBREAKS=$' \\t\\n"\\047><=;|&(:'
        %s
        COMP_LINE='%s'; COMP_POINT=${#COMP_LINE}
        _gitvan
        printf '%%s\\n' "${COMPREPLY[@]}" | LC_ALL=C sort | paste -sd' '
        """
            .formatted(CompletionScripts.bash(model()), line.replace("@", ""));
    assertThat(run("bash", script)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gitvan t | thing
          gitvan thing @ | list show
          gitvan thing show @ | docs:changelog docs:site release
          gitvan thing list --kind @ | large small
          gitvan thing list --format @ | csv json
          gitvan thing list --lim | --limit
          """)
  void fish(String line, String expected) throws Exception {
    Machine.needsProgram("fish");
    var script =
        """
        function gitvan; printf 'release\\ndocs:changelog\\ndocs:site\\n'; end
        %s
        complete -C '%s' | cut -f1 | LC_ALL=C sort | paste -sd' '
        """
            .formatted(CompletionScripts.fish(model()), line.replace("@", ""));
    assertThat(run("fish", script)).isEqualTo(expected);
  }

  @Test
  void zshAcceptsTheScript() throws Exception {
    Machine.needsProgram("zsh");
    var script = "autoload -U compinit; compinit -u -D; " + CompletionScripts.zsh(model());
    assertThat(run("zsh", script + "\ntype _gitvan_thing_show\n")).contains("shell function");
  }

  private CommandModel model() {
    shell.verb("thing", Thing::new).verb("go", Go::new);
    return CommandModels.of(shell.registry);
  }

  private String run(String name, String script) throws IOException, InterruptedException {
    var file = Files.writeString(directory.resolve("script"), script);
    var builder = new ProcessBuilder(name, file.toString()).redirectErrorStream(true);
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("XDG_CONFIG_HOME", directory.toString());
    var process = builder.start();
    process.getOutputStream().close();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text.strip();
  }

  private abstract static class Base implements Verb {
    @Override
    public void begin(Invocation invocation) {
      // Not called.
    }
  }

  private enum Size {
    SMALL,
    LARGE
  }

  @Command(name = "thing", description = "It's [all] about: things.")
  private static final class Thing extends Base {
    @Override
    public List<String> candidates(String label) {
      return label.equals("FORMAT") ? List.of("csv", "$(evil)", "json") : List.of();
    }

    @Command(name = "list", description = "List 'them'.")
    int list(
        @Option(names = "--limit", paramLabel = "N", description = "it's a limit") int limit,
        @Option(names = "--kind", description = "which") Size kind,
        @Option(names = "--format", paramLabel = "FORMAT") String format) {
      return 0;
    }

    @Command(name = "show", description = "Show.")
    int show(@Parameters(paramLabel = "JOB") String job) {
      return 0;
    }
  }

  @Command(name = "go", description = "Go.")
  private static final class Go extends Base implements Callable<Integer> {
    @Option(names = "--dry-run")
    private boolean dryRun;

    @Parameters(paramLabel = "FILE")
    private String file;

    @Override
    public Integer call() {
      return 0;
    }
  }
}
