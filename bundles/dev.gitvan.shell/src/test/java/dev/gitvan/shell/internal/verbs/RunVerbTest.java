package dev.gitvan.shell.internal.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.JobOrder;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.JobRunner;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.Priority;
import dev.gitvan.job.RunEvent;
import dev.gitvan.job.RunListener;
import dev.gitvan.job.RunStatus;
import dev.gitvan.job.StandardStream;
import dev.gitvan.job.StepReport;
import dev.gitvan.job.StepStatus;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import dev.gitvan.metrics.Recorder;
import dev.gitvan.shell.internal.ShellFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RunVerbTest {
  private static final String COMMIT = "abcdef0123456789";

  private final ShellFixture shell = new ShellFixture();
  private final ListedErrors errors = new ListedErrors();
  private JobOrder order;
  private RunListener listener;
  private Function<JobOrder, JobRun> script =
      asked -> new ScriptedRun(asked).ends(RunStatus.OK, StepStatus.OK, COMMIT, null);

  RunVerbTest() {
    shell.verb(
        "run", () -> new RunVerb(new SampleJobs(), new Runner(), errors, ShellFixture.DOCUMENTS));
    shell.environment.put("LANG", "C.UTF-8");
  }

  @Test
  void printsStepsAndThenTheResult() {
    script =
        asked -> {
          var run = new ScriptedRun(asked);
          var steps = List.of("template", "longer name");
          listener.on(
              new RunEvent.Started(run.id(), asked.job(), "", steps, Duration.ofMinutes(1)));
          listener.on(new RunEvent.Line(run.id(), asked.job(), StandardStream.OUT, "hello"));
          listener.on(new RunEvent.Line(run.id(), asked.job(), StandardStream.ERR, "careful"));
          var report =
              new StepReport(
                  "template",
                  "template",
                  StepStatus.OK,
                  Duration.ofMillis(12),
                  "wrote CHANGELOG.md");
          listener.on(new RunEvent.StepFinished(run.id(), asked.job(), report));
          return run.ends(RunStatus.OK, StepStatus.OK, COMMIT, null);
        };
    assertThat(shell.run("run", "changelog")).isEqualTo(0);
    assertThat(shell.out)
        .isEqualTo(
            """
              hello
            wrote   CHANGELOG.md
            commit  abcdef0
            receipt 01KAT-changelog
            """);
    assertThat(shell.err)
        .isEqualTo(
            """
            the triggers of changelog have no effect yet: start it with gitvan run changelog
              careful
            ✓ template     wrote CHANGELOG.md  12.0 ms
            """);
    shell.environment.put("LANG", "C");
    shell.run("run", "changelog");
    assertThat(shell.err).contains("ok template");
    assertThat(shell.run("run", "changelog", "-q")).isEqualTo(0);
    assertThat(shell.out + shell.err).isEmpty();
  }

  @Test
  void inputsAreReadByTheirDeclaredTypes() {
    assertThat(shell.run("run", "changelog", "-i", "level=1.10", "-i", "limit=1.10")).isEqualTo(0);
    assertThat(order.inputs()).isEqualTo(Map.of("level", "1.10", "limit", 1.1));
  }

  @Test
  void errorsHideCredentialsOfKnownFormats() {
    var url = "https://me:hunter2@example.org/x.git";
    script =
        asked -> {
          throw GitVanException.of(
              Codes.USAGE, "gitvan", "no access to " + url, "Check " + url + ".");
        };
    for (var option : List.of("-v", "--json")) {
      assertThat(shell.run("run", "changelog", option)).isEqualTo(2);
      assertThat(shell.err)
          .contains("no access to https://me:***@example.org/x.git")
          .doesNotContain("hunter2");
    }
  }

  @Test
  void saysWhenNothingChanged() {
    script = asked -> new ScriptedRun(asked).ends(RunStatus.OK, StepStatus.UNCHANGED, "", null);
    assertThat(shell.run("run", "changelog")).isEqualTo(0);
    assertThat(shell.out).isEqualTo("nothing changed\nreceipt 01KAT-changelog\n");
  }

  @Test
  void passesEverythingOn() {
    shell.environment.put("GITVAN_NOW", "2026-02-01T00:00:00Z");
    shell.in = "{\"limit\": 1, \"deep\": {\"a\": [1]}}".getBytes(StandardCharsets.UTF_8);
    assertThat(
            shell.run(
                "run",
                "docs:all",
                "--inputs",
                "-",
                "-i",
                "limit=10",
                "-i",
                "title=a=b",
                "--key",
                "k",
                "--priority",
                "high",
                "--timeout",
                "5m"))
        .isEqualTo(0);
    assertThat(order.job()).isEqualTo("docs:all");
    assertThat(order.worktree()).isEqualTo(ShellFixture.WORKTREE);
    assertThat(order.inputs())
        .isEqualTo(Map.of("limit", 10L, "deep", Map.of("a", List.of(1L)), "title", "a=b"));
    assertThat(order.key()).contains("k");
    assertThat(order.priority()).contains(Priority.HIGH);
    assertThat(order.timeout()).contains(Duration.ofMinutes(5));
    assertThat(order.now()).contains(Instant.parse("2026-02-01T00:00:00Z"));
    assertThat(order.environment()).containsEntry("LANG", "C.UTF-8");
    assertThat(order.dryRun()).isFalse();
  }

  @Test
  void aReleaseIsAnInputThatIsAString() {
    assertThat(shell.run("run", "changelog", "--release", "v1.20", "-i", "tag=true")).isEqualTo(0);
    assertThat(order.inputs()).isEqualTo(Map.of("release", "1.20", "tag", true));
    assertThat(shell.run("run", "changelog", "--release", "1.2.0-rc.1+5")).isEqualTo(0);
    assertThat(order.inputs()).isEqualTo(Map.of("release", "1.2.0-rc.1+5"));
    order = null;
    assertThat(shell.run("run", "changelog", "--release", "next")).isEqualTo(2);
    assertThat(shell.err).startsWith("USAGE --release next: not a version");
    assertThat(order).isNull();
  }

  @Test
  void refusesWhatItCannotDo() {
    assertThat(shell.run("run", "x", "--detach")).isEqualTo(75);
    assertThat(shell.err).startsWith("DAEMON_UNAVAILABLE");
    assertThat(shell.run("run", "x", "--timeout", "-5s")).isEqualTo(2);
    assertThat(shell.err).startsWith("JOB_TIMEOUT_INVALID --timeout -5s");
    assertThat(shell.run("run", "x", "--priority", "urgent")).isEqualTo(2);
    assertThat(shell.err).contains("Use one of high, normal, low.");
    assertThat(shell.run("run", "x", "-i", "novalue")).isEqualTo(2);
    assertThat(shell.err).startsWith("USAGE -i novalue");
    shell.in = new byte[20 << 20];
    assertThat(shell.run("run", "x", "--inputs", "-")).isEqualTo(2);
    assertThat(shell.err).startsWith("PAYLOAD_TOO_LARGE");
    shell.in = "[".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    assertThat(shell.run("run", "x", "--inputs", "-")).isEqualTo(2);
    assertThat(shell.err).startsWith("PAYLOAD_TOO_DEEP");
    assertThat(order).isNull();
  }

  @Test
  void aFailureIsOneLineAndItsExitStatus() {
    script =
        asked ->
            new ScriptedRun(asked)
                .ends(
                    RunStatus.FAILED,
                    StepStatus.FAILED,
                    "",
                    new Problem(Codes.STEP_FAILED, "x", "exit 3", "See above."));
    assertThat(shell.run("run", "x")).isEqualTo(1);
    assertThat(shell.err).isEqualTo("STEP_FAILED x: exit 3. See above.\n");
    script =
        asked ->
            new ScriptedRun(asked)
                .ends(
                    RunStatus.TIMEOUT,
                    StepStatus.TIMEOUT,
                    "",
                    new Problem(Codes.TIMEOUT, "x", "it took longer than 1s", ""));
    assertThat(shell.run("run", "x")).isEqualTo(124);
  }

  @Test
  void interruptingCancelsTheRun() {
    script =
        asked -> {
          shell.onWaiting(() -> shell.interrupt.get().run());
          return new ScriptedRun(asked);
        };
    assertThat(shell.run("run", "x")).isEqualTo(130);
    assertThat(shell.err).isEqualTo("INTERRUPTED x: interrupted.\n");
  }

  @Test
  void waitsForFollowUpsAndFailsWithThem() {
    script =
        asked -> {
          var next =
              new ScriptedRun(JobOrder.of(asked.worktree(), "publish"))
                  .ends(
                      RunStatus.FAILED,
                      StepStatus.FAILED,
                      "",
                      new Problem(Codes.STEP_FAILED, "publish", "no network", ""));
          return new ScriptedRun(asked, next).ends(RunStatus.OK, StepStatus.OK, COMMIT, null);
        };
    assertThat(shell.run("run", "x")).isEqualTo(1);
    assertThat(shell.out).contains("receipt 01KAT-x\n", "receipt 01KAT-publish\n");
    assertThat(shell.err).isEqualTo("STEP_FAILED publish: no network.\n");
  }

  @Test
  void dryRunsPrintThePlanAndAreNotMeasured() {
    var measured = new Counting();
    shell.runner(measured);
    script =
        asked -> {
          var run = new ScriptedRun(asked);
          var effect = new PlannedEffect("write", "CHANGELOG.md", "+a\n-b");
          listener.on(new RunEvent.Planned(run.id(), asked.job(), effect));
          return run.ends(RunStatus.OK, StepStatus.OK, "", null);
        };
    assertThat(shell.run("run", "x", "--dry-run")).isEqualTo(0);
    assertThat(order.dryRun()).isTrue();
    assertThat(shell.out).isEqualTo("would write CHANGELOG.md\n  +a\n  -b\n");
    assertThat(measured.count).isZero();
    assertThat(shell.run("run", "x")).isEqualTo(0);
    assertThat(measured.count).isEqualTo(1);
  }

  @Test
  void printsOneDocumentAsJson() {
    assertThat(shell.run("run", "x", "--json")).isEqualTo(0);
    assertThat(shell.out.lines()).hasSize(1);
    assertThat(shell.out)
        .startsWith("{\"schema\":\"gitvan.run.v1\",\"id\":\"01KAT-x\",\"job\":\"x\"")
        .contains("\"existing\":false", "\"unchanged\":false", "\"followUps\":[]");
  }

  private final class Runner implements JobRunner {
    @Override
    public JobRun submit(JobOrder asked, RunListener follower) {
      order = asked;
      listener = follower;
      return script.apply(asked);
    }

    @Override
    public Optional<JobRun> find(String id) {
      return Optional.empty();
    }

    @Override
    public List<JobRun> list() {
      return List.of();
    }

    @Override
    public Subscription listen(RunListener all) {
      return () -> {};
    }
  }

  private static final class Counting implements Metrics {
    private int count;

    @Override
    public Recorder recorder(Operation operation) {
      assertThat(operation).isEqualTo(Operation.CLI_REQUEST);
      return nanos -> count++;
    }

    @Override
    public List<dev.gitvan.metrics.OperationStats> stats() {
      return List.of();
    }

    @Override
    public List<dev.gitvan.metrics.OperationStats> history() {
      return List.of();
    }

    @Override
    public dev.gitvan.metrics.Counter counter(dev.gitvan.metrics.CounterId counter) {
      return amount -> {};
    }

    @Override
    public dev.gitvan.metrics.MetricSnapshot snapshot() {
      return dev.gitvan.metrics.MetricSnapshot.EMPTY;
    }

    @Override
    public Muting mute() {
      return () -> {};
    }
  }
}
