package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that print too much, never end, or are interrupted. */
class RunStepsIT {
  @TempDir Path directory;

  /**
   * 100 MB of output pass through a process with a heap of 64 MB, are not all shown, and do not end
   * up in the receipt.
   */
  @Test
  void jobThatPrints100MB() throws Exception {
    var repository = Repository.withOneCommit(directory);
    repository.job(
        "noisy", "steps:\n  - run: [\"sh\", \"-c\", \"yes 0123456789 | head -c 100000000\"]\n");
    var outcome = repository.gitvan().with("GITVAN_JAVA_OPTS", "-Xmx64m").run("run", "noisy");
    assertThat(outcome.status()).as(outcome.toString()).isIn(0, 2);
    assertThat(outcome.out().length() + outcome.err().length()).isLessThan(20_000_000);
    assertThat(outcome.err()).doesNotContain("OutOfMemory", "\tat ");
    assertThat(repository.git("notes", "--ref", "gitvan/results", "show").length())
        .isLessThan(65_536);
    repository.assertSound();
  }

  /** One line without an end is still bounded. */
  @Test
  void jobThatPrintsOneLineOf100MB() {
    var repository = Repository.withOneCommit(directory);
    repository.job(
        "noisy",
        "steps:\n  - run: [\"sh\", \"-c\", \"head -c 100000000 /dev/zero | tr '\\\\0' x\"]\n");
    var outcome = repository.gitvan().with("GITVAN_JAVA_OPTS", "-Xmx64m").run("run", "noisy");
    assertThat(outcome.status()).as(outcome.toString()).isIn(0, 2);
    assertThat(outcome.err()).doesNotContain("OutOfMemory", "\tat ");
    repository.assertSound();
  }

  /**
   * Whatever does not end by itself is ended: a process that ignores SIGTERM, one whose children
   * left its process group alone, and a template that has no end.
   *
   * <p>Aimed at a runner that only interrupts the worker's thread: the loop in the template would
   * go on, and the driver's own limit would end the test. Not yet tried on such a build.
   */
  @ParameterizedTest
  @ValueSource(strings = {"stubborn", "background", "template"})
  void jobThatNeverEnds(String kind) {
    var repository = Repository.withOneCommit(directory);
    var mark = "itests-" + Long.toUnsignedString(System.nanoTime(), 36);
    repository.write("gitvan.yaml", "templates: { max-range: 10000000 }\n"); // bounds loops, too
    repository.template("endless.peb", endless());
    repository.job(
        "j",
        switch (kind) {
          case "stubborn" ->
              "timeout: 2s\nsteps:\n  - run: [\"sh\", \"-c\", \"trap '' TERM INT; while :; do sleep 1; done\", \""
                  + mark
                  + "\"]\n";
          case "background" ->
              "timeout: 2s\nsteps:\n  - run: [\"sh\", \"-c\", \"sh -c 'while :; do sleep 1; done' "
                  + mark
                  + " & wait\"]\n";
          default -> "timeout: 2s\nsteps:\n  - { template: endless.peb, to: out.md }\n";
        });
    var before = repository.state();
    var outcome = repository.gitvan().start("-q", "run", "j").await();
    outcome.refused("TIMEOUT");
    assertNoneIsLeft(mark);
    before.assertUntouchedButForReceipt();
    assertThat(repository.receipt("HEAD")).containsEntry("status", "timeout");
  }

  /** The flag's limit counts, also when the job has none. */
  @Test
  void timeoutOfTheCommandLine() {
    var repository = Repository.withOneCommit(directory);
    repository.job("j", "steps:\n  - run: [\"sleep\", \"600\"]\n");
    repository.run("-q", "run", "j", "--timeout", "1s").refused("TIMEOUT");
    assertThat(repository.receipt("HEAD")).containsEntry("status", "timeout");
  }

  /** A step's own limit ends the run too. */
  @Test
  void timeoutOfAStep() {
    var repository = Repository.withOneCommit(directory);
    repository.job("j", "steps:\n  - run: [\"sleep\", \"600\"]\n    timeout: 500ms\n");
    repository.run("-q", "run", "j").refused("TIMEOUT");
  }

  /**
   * Ctrl-C as a terminal sends it: SIGINT to the whole group. The children that ignore it end too,
   * what was staged is forgotten, and there is one line.
   *
   * <p>Aimed at a launcher without its shutdown hook: status 130, but no line, no receipt, and a
   * child that lives on. Not yet tried on such a build.
   */
  @Test
  void interrupted() {
    var repository = Repository.withOneCommit(directory);
    var mark = "itests-" + Long.toUnsignedString(System.nanoTime(), 36);
    repository.template("t.peb", "text\n");
    repository.job(
        "j",
        """
        steps:
          - { template: t.peb, to: out.md }
          - commit: { message: "docs: out", paths: [out.md] }
          - run: ["sh", "-c", "trap '' INT TERM; touch started; while :; do sleep 1; done", "%s"]
        """
            .formatted(mark));
    var refs = repository.refs(false);
    var index = repository.index();
    var running =
        repository.gitvan().through("env", "--default-signal=INT").start("-q", "run", "j");
    Await.until(
        "the step has started",
        () -> Files.exists(repository.file("started")) || !running.isAlive(),
        () -> running.out() + running.err());
    running.signalGroup("INT");
    var outcome = running.await();
    outcome.refused("INTERRUPTED");
    assertNoneIsLeft(mark);
    assertThat(repository.refs(false)).isEqualTo(refs);
    assertThat(repository.index()).isEqualTo(index);
    assertThat(repository.receipt("HEAD")).containsEntry("status", "cancelled");
    repository.assertSound();
  }

  /** {@code gitvan ... | head -1}: the reader has left, which is not reported. */
  @Test
  void brokenPipe() {
    var repository = Repository.withOneCommit(directory);
    repository.job("j", "steps:\n  - run: [\"seq\", \"1\", \"200000\"]\n");
    var result =
        repository
            .sandbox()
            .exec(
                List.of(
                    "bash",
                    "-c",
                    "\"$0\" config schema | head -1; echo \"${PIPESTATUS[0]}\"",
                    Distribution.script().toString()),
                Map.of(
                    "GITVAN_HOME",
                    repository.gitvan().home().toString(),
                    "JAVA_HOME",
                    System.getProperty("java.home")));
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).startsWith("{");
  }

  /**
   * {@code gitvan run ... | cat}: {@code cat} ends as soon as GitVan does, because no process that
   * GitVan leaves behind holds the pipe, and none is left behind.
   *
   * <p>Aimed at a watcher that inherits standard output, or that does not see the JVM's end.
   */
  @Test
  void pipeIsClosedWithTheCommand() throws Exception {
    var repository = Repository.withOneCommit(directory);
    repository.job("j", "steps:\n  - run: \"ps -e -o pid=,ppid=,args= > processes; echo done\"\n");
    var result =
        repository
            .sandbox()
            .exec(
                List.of(
                    "bash",
                    "-c",
                    "\"$0\" run j | cat; echo \"${PIPESTATUS[0]}\"",
                    Distribution.script().toString()),
                Map.of(
                    "GITVAN_HOME",
                    repository.gitvan().home().toString(),
                    "GITVAN_ARCHIVE_RECORDING",
                    "never",
                    "JAVA_HOME",
                    System.getProperty("java.home")));
    assertThat(result.out()).contains("done").endsWith("\n0\n");
    var watchers =
        Files.readAllLines(repository.file("processes")).stream()
            .filter(line -> line.contains("gitvan-watcher"))
            .map(line -> ProcessHandle.of(Long.parseLong(line.strip().split(" +")[0])))
            .toList();
    assertThat(watchers).isNotEmpty();
    Await.until(
        "the watcher has ended",
        () ->
            watchers.stream()
                .noneMatch(process -> process.map(ProcessHandle::isAlive).orElse(false)),
        watchers::toString);
  }

  /** A failure shows the program's exit status, and nothing of the run is applied. */
  @Test
  void programThatFails() {
    var repository = Repository.withOneCommit(directory);
    repository.template("t.peb", "text\n");
    repository.job(
        "j",
        """
        steps:
          - { template: t.peb, to: out.md }
          - commit: { message: "docs: out", paths: [out.md] }
          - tag: { name: v1, message: one }
          - run: ["sh", "-c", "exit 7"]
        """);
    var refs = repository.refs(false);
    var problem = repository.run("-q", "run", "j").refused("STEP_FAILED");
    assertThat(problem.message()).contains("7");
    assertThat(repository.refs(false)).isEqualTo(refs);
    var receipt = repository.receipt("HEAD");
    assertThat(receipt).containsEntry("status", "failed").containsEntry("commit", "");
    assertThat(Json.objects(receipt.get("artifacts"))).hasSize(1);
    assertThat(repository.file("out.md")).exists();
    repository.assertSound();
  }

  /** A program that is not there. */
  @Test
  void programThatDoesNotExist() {
    var repository = Repository.withOneCommit(directory);
    repository.job("j", "steps:\n  - run: [\"no-such-program-anywhere\"]\n");
    var problem = repository.run("-q", "run", "j").refused("STEP_FAILED");
    assertThat(problem.message()).contains("no-such-program-anywhere");
  }

  /** Nothing that Git set for the caller reaches a step; what GitVan promises does. */
  @Test
  void environmentOfAStep() {
    var repository = Repository.withOneCommit(directory);
    repository.job(
        "j",
        """
        inputs: { who: world, "with-dash": 1 }
        steps:
          - run: "env | sort > env.txt; echo \\"$GITVAN_INPUT_WHO\\""
            env: { EXTRA: "{{ inputs.who }}" }
        """);
    var outcome =
        repository
            .gitvan()
            .with("GIT_DIR", repository.file(".git").toString())
            .with("GIT_INDEX_FILE", "/nowhere/index")
            .run("run", "j", "-i", "who=a'b\"$(touch pwned)")
            .ok();
    assertThat(outcome.out() + outcome.err()).contains("a'b\"$(touch pwned)");
    assertThat(repository.file("pwned")).doesNotExist();
    assertThat(repository.sandbox().read("env.txt").lines())
        .contains("EXTRA=a'b\"$(touch pwned)", "GITVAN_JOB=j")
        .anyMatch(line -> line.matches("GITVAN_RUN=[0-9A-Z]{26}"))
        .noneMatch(line -> line.startsWith("GIT_DIR=") || line.startsWith("GIT_INDEX_FILE="));
  }

  private static String endless() {
    return "{% for a in range(1,9999) %}{% for b in range(1,9999) %}{% for c in range(1,9999) %}"
        + "{% for d in range(1,9999) %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}";
  }

  /** A process that was killed is there for a moment longer. */
  private static void assertNoneIsLeft(String mark) {
    Await.until(
        "no process is left",
        () -> processesWith(mark).isEmpty(),
        () -> String.join("\n", processesWith(mark)));
  }

  private static List<String> processesWith(String mark) {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains(mark))
        .toList();
  }
}
