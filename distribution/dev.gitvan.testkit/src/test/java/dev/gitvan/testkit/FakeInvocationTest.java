package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.command.Console.Style;
import dev.gitvan.command.Invocation;
import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class FakeInvocationTest {
  private final FakeInvocation call = new FakeInvocation(Path.of("/elsewhere"));

  @Test
  void passesArgumentsAndInput() throws Exception {
    call.in = "hello\n".getBytes(StandardCharsets.UTF_8);
    assertThat(call.run(new Sample(), "echo", "--times", "2")).isZero();
    assertThat(call.console.printed()).isEqualTo("hello\nhello\n");
    assertThat(call.console.printedErrors()).isEqualTo("echoed\n");
  }

  @Test
  void recordsDocumentsApartFromText() throws Exception {
    assertThat(call.run(new Sample(), "echo", "--json", "-q")).isZero();
    assertThat(call.console.documents).containsExactly(Map.of("schema", "echo.v1", "text", ""));
    assertThat(call.console.printed() + call.console.printedErrors()).isEmpty();
    assertThatThrownBy(() -> call.console.json("x.v1", Map.of("a", List.of(this))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(".a[]");
  }

  @ParameterizedTest
  @CsvSource({"'',gitvan sample", "echo --no,gitvan sample echo", "fail,gitvan sample fail"})
  void reportsInvalidArguments(String arguments, String place) throws Exception {
    assertThat(call.run(new Sample(), arguments.isEmpty() ? new String[0] : arguments.split(" ")))
        .isEqualTo(2);
    assertThat(call.console.printed()).isEmpty();
    assertThat(call.console.problems).extracting(p -> p.place()).containsExactly(place);
  }

  @Test
  void reportsProblemsAndThrowsBugs() throws Exception {
    assertThat(call.run(new Sample(), "fail", "locked")).isEqualTo(75);
    assertThat(call.console.printedErrors()).isEqualTo("REPO_LOCKED here: it is locked. Wait.\n");
    assertThat(call.run(new Sample(), "fail", "outside")).isEqualTo(2);
    assertThatThrownBy(() -> call.run(new Sample(), "fail", "bug"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void pressesCtrlC() throws Exception {
    call.interrupt();
    assertThat(call.run(new Sample(), "wait")).isEqualTo(130);
  }

  @Test
  void alignsTablesAndMarksStyles() {
    call.console.colour = true;
    call.console.table(List.of("a", "bb"), List.of(List.of("long", "x"), List.of("", "y")));
    call.console.out().println(call.console.styled(Style.GOOD, "well"));
    call.console.table(List.of("nothing"), List.of());
    assertThat(call.console.printed()).isEqualTo("a     bb\nlong  x\n      y\n<GOOD>well</GOOD>\n");
  }

  @Command(name = "sample", description = "A sample.")
  private static final class Sample implements Verb {
    private Invocation invocation;

    @Override
    public void begin(Invocation given) {
      invocation = given;
    }

    @Command(name = "echo", description = "Print standard input.")
    int echo(@Option(names = "--times", defaultValue = "1", description = "how often") int times)
        throws Exception {
      var text = new String(invocation.in().readAllBytes(), StandardCharsets.UTF_8);
      if (invocation.console().json()) {
        invocation.console().json("echo.v1", Map.of("text", text));
      } else {
        invocation.console().out().print(text.repeat(times));
      }
      invocation.console().progress("echoed");
      return 0;
    }

    @Command(name = "fail", description = "Fail.")
    int fail(@Parameters(paramLabel = "HOW", description = "how to fail") String how) {
      switch (how) {
        case "locked" ->
            throw GitVanException.of(Codes.REPO_LOCKED, "here", "it is locked", "Wait.");
        case "outside" -> invocation.worktree();
        default -> throw new IllegalStateException(how);
      }
      return 0;
    }

    @Command(name = "wait", description = "Wait for Ctrl-C.")
    int waitForCtrlC() throws InterruptedException {
      var pressed = new CountDownLatch(1);
      invocation.onInterrupt(pressed::countDown);
      pressed.await();
      return 130;
    }
  }
}
