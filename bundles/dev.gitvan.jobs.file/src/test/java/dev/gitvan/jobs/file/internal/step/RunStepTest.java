package dev.gitvan.jobs.file.internal.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.job.Deadline;
import dev.gitvan.job.StepStatus;
import dev.gitvan.job.spi.JobSource.Found;
import dev.gitvan.jobs.file.internal.Fixture;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.testkit.FakeJobContext;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Steps that run programs, through whole jobs: what users write is what is tested. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class RunStepTest {
  private final Fixture fixture = new Fixture();

  @TempDir Path directory;
  private GitSandbox repository;
  private FakeJobContext context;

  @BeforeEach
  void repository() {
    repository = GitSandbox.init(directory);
    context = new FakeJobContext(repository.worktree(), "x");
    var environment = new LinkedHashMap<>(System.getenv());
    environment.putAll(repository.environment());
    context.environment = environment;
  }

  private void run(String steps) throws Exception {
    repository.write(".gitvan/jobs/x.yaml", "steps:\n" + steps.indent(2));
    var found = fixture.find(repository.worktree(), "x").orElseThrow();
    if (found instanceof Found.Invalid broken) {
      throw broken.problems().get(0).toException();
    }
    ((Found.Valid) found).body().run(context);
  }

  private GitVanException failure(String steps) {
    return catchThrowableOfType(GitVanException.class, () -> run(steps));
  }

  @Test
  void aListIsRunWithoutAShell() throws Exception {
    context.inputs = Map.of("text", "$(touch pwned) `touch pwned`; touch pwned");
    run("- run: [printf, '%s|', '{{ inputs.text }}', '$HOME', '*', 1.10, true]");
    assertThat(context.printed)
        .containsExactly("OUT $(touch pwned) `touch pwned`; touch pwned|$HOME|*|1.10|true|");
    assertThat(repository.root().resolve("pwned")).doesNotExist();
  }

  @Test
  void aStringIsTheShellsAndInputsAreVariables() throws Exception {
    context.inputs = new LinkedHashMap<>();
    context.inputs.put("text", "a'b\"; touch pwned; $(touch pwned)\n*");
    context.inputs.put("a-list", List.of(1L, "x"));
    context.inputs.put("nothing", null);
    run(
        """
        - run: |
            echo "$GITVAN_INPUT_TEXT|$GITVAN_INPUT_A_LIST|$GITVAN_INPUT_NOTHING|{{ inputs.text }}"
            pwd
        """);
    assertThat(context.printed)
        .containsExactly(
            "OUT a'b\"; touch pwned; $(touch pwned)",
            "OUT *|[1,\"x\"]||{{ inputs.text }}",
            "OUT " + repository.root());
    assertThat(repository.root().resolve("pwned")).doesNotExist();
  }

  @Test
  void theEnvironmentIsTheCallersCleaned() throws Exception {
    var environment = new LinkedHashMap<>(context.environment);
    environment.put("GIT_DIR", "/elsewhere");
    environment.put("GIT_INDEX_FILE", "/elsewhere/index");
    environment.put("GIT_CONFIG_COUNT", "1");
    environment.put("GIT_CONFIG_KEY_0", "alias.x");
    environment.put("GIT_AUTHOR_NAME", "kept");
    environment.put("MINE", "caller");
    context.environment = environment;
    context.inputs = Map.of("v", 3L);
    run("- { run: env, env: { MINE: 'step {{ inputs.v }}', MORE: 1 } }");
    assertThat(context.printed)
        .contains(
            "OUT GITVAN_RUN=" + context.runId(),
            "OUT GITVAN_JOB=x",
            "OUT GITVAN_COMMIT=" + context.staging.head().get(),
            "OUT GITVAN_INPUT_V=3",
            "OUT MINE=step 3",
            "OUT MORE=1",
            "OUT GIT_AUTHOR_NAME=kept")
        .noneMatch(line -> line.contains("elsewhere") || line.contains("GIT_CONFIG_KEY"));
  }

  @Test
  void everyLocalVariableOfGitIsRemoved() throws Exception {
    var environment = new LinkedHashMap<>(context.environment);
    for (var name : repository.git("rev-parse", "--local-env-vars").split("\n")) {
      environment.put(name, "poison");
    }
    context.environment = environment;
    run("- run: env");
    assertThat(context.printed).noneMatch(line -> line.contains("poison"));
  }

  @Test
  void aFailureNamesTheCommandTheStatusAndTheLastLines() {
    var failure = failure("- run: [sh, -c, 'echo fine; echo bad >&2; echo worse >&2; exit 3']");
    assertThat(failure.getMessage())
        .isEqualTo(
            "STEP_FAILED .gitvan/jobs/x.yaml:2:5: sh -c echo fine; echo bad >&2; echo worse >&2;"
                + " exit 3 ended with status 3: bad | worse. Run it manually for more details.");
    assertThat(context.printed).contains("OUT fine", "ERR bad", "ERR worse");
  }

  @Test
  void aMissingCommandIsSaid() throws IOException {
    var missing = failure("- run: [no-such-command, x]");
    assertThat(missing)
        .hasMessage(
            "STEP_FAILED .gitvan/jobs/x.yaml:2:5: there is no command no-such-command on the PATH."
                + " Install it, or check its name.");
    assertThat(missing.problem().retryable()).isFalse();
    assertThat(failure("- run: [./missing.sh]").getMessage())
        .contains("there is no program ./missing.sh");
    repository.write("plain.sh", "echo hi");
    assertThat(failure("- run: [./plain.sh]").getMessage()).contains("no program ./plain.sh");
    assertThat(failure("- run: no-such-command").getMessage())
        .contains("ended with status 127", "not found");
  }

  @Test
  void standardInputIsEmpty() throws Exception {
    run("- run: [cat]");
    assertThat(context.printed).isEmpty();
  }

  @Test
  void laterStepsSeeWhatWasPrinted() throws Exception {
    run(
        """
        - { name: count, run: "printf '3\\n\\n'" }
        - run: [echo, "[{{ steps.count.stdout }}] {{ steps.count.status }}"]
        """);
    assertThat(context.printed).endsWith("OUT [3] 0");
  }

  @Test
  void anEndlessProgramIsEndedWithAllThatItStarted() throws Exception {
    context.deadline = Deadline.in(Duration.ofSeconds(3)); // All have started by then.
    var failure =
        failure(
            """
            - run: |
                trap '' TERM
                sleep 1000 & echo $!
                (trap '' TERM; sleep 1001 & echo $!; wait) &
                echo $$
                while :; do sleep 1002; done
            """);
    assertThat(failure.code()).isEqualTo(Codes.TIMEOUT);
    assertThat(context.printed).hasSize(3);
    for (var line : context.printed) {
      awaitEnd(Long.parseLong(line.substring(4)));
    }
  }

  @Test
  void aCancelledStepEndsItsProgram() throws Exception {
    var marker = repository.root().resolve("started");
    var failures = new ArrayList<Throwable>();
    var thread =
        new Thread(
            () -> {
              try {
                run("- run: 'echo $$; sleep 1000 & touch started; wait'");
              } catch (Throwable e) {
                failures.add(e);
              }
            });
    thread.start();
    while (!Files.exists(marker) || context.printed.isEmpty()) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    thread.join();
    assertThat(failures).singleElement().isInstanceOf(InterruptedException.class);
    awaitEnd(Long.parseLong(context.printed.get(0).substring(4)));
  }

  /** A process that has ended counts as such also while nobody has asked how it ended. */
  private static void awaitEnd(long pid) {
    var end = Instant.now().plusSeconds(60);
    while (ProcessHandle.of(pid).isPresent() && !isZombie(pid)) {
      assertThat(Instant.now()).as("process %d runs still", pid).isBefore(end);
      Thread.onSpinWait();
    }
  }

  private static boolean isZombie(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void whatIsLeftInTheBackgroundDoesNotHoldTheStep() throws Exception {
    run("- run: 'sleep 1000 & echo $!'"); // much longer than the test may take
    awaitEnd(Long.parseLong(context.printed.get(0).substring(4)));
  }

  @Test
  void aFloodOfOutputIsDrainedAndCut() throws Exception {
    run(
        """
        - run: 'yes 0123456789012345678901234567890123456789 | head -c 104857600'
        - run: [echo, after]
        """);
    assertThat(context.printed.stream().mapToLong(String::length).sum())
        .isBetween(10L << 20, 13L << 20);
    assertThat(context.printed)
        .contains("ERR gitvan: more than 10 MiB of output; the rest is not shown")
        .endsWith("OUT after");
  }

  @Test
  void longLinesComeInPieces() throws Exception {
    run("- { name: long, run: 'head -c 200000 /dev/zero | tr \"\\0\" x; printf \"\\r\\nend\"' }");
    assertThat(context.printed).hasSize(5).endsWith("OUT end");
    assertThat(context.printed.get(0)).hasSize(4 + 64 * 1024);
    assertThat(context.printed.stream().limit(4).mapToInt(line -> line.length() - 4).sum())
        .isEqualTo(200_000);
  }

  @Test
  void outputThatIsNoTextIsReplaced() throws Exception {
    run("- run: \"printf 'a\\\\377b'\"");
    assertThat(context.printed).containsExactly("OUT a\ufffdb");
  }

  @Test
  void stagedFilesAreQuotedParameters() throws Exception {
    var names =
        List.of("a b.txt", "$(touch pwned).txt", "`touch pwned`", "-rf", "q'\".txt", "n\nl");
    for (var name : names) {
      repository.write(name, "x");
      repository.git("add", "--", name);
    }
    run(
        """
        - run: for f in {staged_files}; do printf '<%s>' "$f"; done
        - run: for f in "{staged_files}"; do printf '<%s>' "$f"; done
        - run: [printf, '<%s>', '{staged_files}']
        """);
    var expected = new ArrayList<>(names);
    expected.set(3, "./-rf");
    expected.sort(null);
    for (int i = 0; i < 3; i++) {
      // The name with a newline makes two lines of it.
      var line =
          context.printed.get(2 * i).substring(4)
              + "\n"
              + context.printed.get(2 * i + 1).substring(4);
      assertThat(List.of(line.substring(1, line.length() - 1).split("><")))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
    assertThat(repository.root().resolve("pwned")).doesNotExist();
  }

  @Test
  void twoListsAreToldApart() throws Exception {
    repository.commit("old.txt", "x", "feat: old");
    repository.write("new.txt", "x");
    repository.git("add", "new.txt");
    context.inputs = Map.of("files", List.of("given.txt"));
    run("- run: echo {staged_files} / {all_files} / {files} / {other} ${HOME:+home}");
    assertThat(context.printed)
        .containsExactly("OUT new.txt / new.txt old.txt / given.txt / {other} home");
  }

  /** As in a hook of {@code git commit PATH}. Shown to fail with the worktree's own index. */
  @Test
  void stagedFilesAreThoseOfTheCallersIndex() throws Exception {
    repository.commit("old.txt", "x", "feat: old");
    var index = repository.root().resolve(".git/next-index-1.lock");
    Files.copy(repository.root().resolve(".git/index"), index);
    repository.write("new.txt", "x");
    repository.exec(List.of("git", "add", "new.txt"), Map.of("GIT_INDEX_FILE", index.toString()));
    var own = repository.worktree();
    var caller = new WorktreeId(own.gitDir(), own.repository(), own.workTree(), index);
    var environment = context.environment;
    context = new FakeJobContext(caller, "x");
    context.environment = environment;
    run("- run: \"echo {staged_files} / {all_files}; env | grep ^GIT_INDEX || true\"");
    assertThat(context.printed).containsExactly("OUT new.txt / new.txt old.txt");
  }

  @Test
  void withoutFilesThereIsNothingToRun() throws Exception {
    run("- run: exit 1 {staged_files}");
    assertThat(context.steps).extracting(step -> step.status()).containsExactly(StepStatus.SKIPPED);
  }

  @Test
  void moreFilesThanOneCommandTakesAreSplit() throws Exception {
    var files = new ArrayList<Object>();
    for (int i = 0; i < 5000; i++) {
      files.add("a-rather-long-name-of-a-file-to-fill-the-command-" + i);
    }
    context.inputs = Map.of("files", files);
    var environment = new LinkedHashMap<>(context.environment);
    context.environment = environment;
    // The list itself does not fit a variable of a process, so it is not asked for as one.
    assertThatThrownBy(() -> run("- run: 'echo $#; : {files}'"))
        .hasMessageContaining("too long in total");
    context.inputs = Map.of("files", files.subList(0, 2000));
    run("- run: 'echo $#; : {files}'");
    assertThat(context.printed.size()).isGreaterThan(1);
    assertThat(context.printed.stream().mapToInt(line -> Integer.parseInt(line.substring(4))).sum())
        .isEqualTo(2000);
  }

  @Test
  void aDryRunRunsNothing() throws Exception {
    context.dryRun = true;
    run(
        """
        - { name: first, run: touch a }
        - run: [touch, "{{ steps.first.stdout }}b"]
        - run: |
            touch  c
            touch d
        """);
    assertThat(context.planned)
        .extracting(effect -> effect.kind() + " " + effect.subject())
        .containsExactly("run touch a", "run touch [unknown until run]b", "run touch c …");
    assertThat(repository.root().resolve("a")).doesNotExist();
  }

  @Test
  void aCallerWithoutEnvironmentGivesNone() throws Exception {
    context.environment = Map.of();
    run("- run: [env]");
    assertThat(context.printed).isNotEmpty().allMatch(line -> line.startsWith("OUT GITVAN_"));
  }
}
