package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interactive shell, typed at on a real terminal. */
class ShellIT {
  private static final Pattern TIER =
      Pattern.compile("(\\d+)\\|Active +\\| +\\d+\\|dev\\.gitvan\\.cache\\.ehcache ");

  private static final Pattern ULID = Pattern.compile("01[0-9A-Z]{24}");

  private static final int OUTPUTS = 300;

  private static final String SLEEP =
      "steps:\n  - run: [\"sh\", \"-c\", \"echo $$ > pid; echo asleep; exec sleep 600\"]\n";

  @TempDir Path directory;

  /**
   * A dumb terminal has no completion: {@code li<Tab>} would stay {@code li}.
   *
   * <p>Aimed at gogo.jline started with the launcher's class loader as the thread's. Not yet tried
   * on such a build.
   */
  @Test
  void completesAndRunsVerbsAndFrameworkCommands() {
    var repository = Repository.withOneCommit(directory);
    repository.template("t.peb", "text\n");
    repository.job(
        "greet", "description: Say hello\nsteps:\n  - { template: t.peb, to: out.md }\n");
    try (var shell = open(repository)) {
      shell.expect("gitvan> ");
      shell.type("gitvan:jo\t").expect("gitvan:job");
      shell.type("li\t").expect("list").type("\r").expect("Say hello").expect("gitvan> ");
      shell.type("gitvan:run gre\t").expect("greet").type("\r").expect("out.md").expect("gitvan> ");
      shell.type("gitvan:perf stats\r").expect("job.run").expect("gitvan> ");
      shell.type("lb\r").expect("GitVan kernel").expect("gitvan> ");
      shell.type("job list\r").expect("Say hello").expect("gitvan> ");
      shell.type("gitvan:run nothing\r").expect("JOB_NOT_FOUND").expect("gitvan> ");
      shell.type("exit\r");
      assertThat(shell.end()).as(shell.screen()).isZero();
      assertThat(shell.screen()).doesNotContain("Exception", "\tat ");
    }
    assertThat(repository.receipt("HEAD")).containsEntry("job", "greet");
  }

  /** Ctrl-C at the prompt forgets the line, in a command ends the command; Ctrl-D leaves. */
  @Test
  void interruptsAndEnds() {
    var repository = Repository.withOneCommit(directory);
    repository.job("sleep", SLEEP);
    try (var shell = open(repository)) {
      // Once a command has run, the line editor has the terminal; before, the terminal echoes
      // itself.
      shell.expect("gitvan> ").type("gitvan:version\r").expect("0.1.0").expect("gitvan> ");
      shell.type("gitvan:nonsense").expect("nonsense");
      shell.type("\u0003").expect("gitvan> ");
      shell.type("gitvan:run sleep\r").expect("asleep").type("\u0003").expect("INTERRUPTED");
      shell.type("gitvan:version\r").expect("0.1.0").expect("gitvan> ");
      shell.type("\u0004");
      assertThat(shell.end()).as(shell.screen()).isZero();
    }
  }

  @Test
  void runsInTheBackgroundAreListedAndCancelledById() throws Exception {
    var repository = Repository.withOneCommit(directory);
    repository.job("sleep", SLEEP);
    try (var shell = open(repository)) {
      shell.expect("gitvan> ").type("gitvan:version\r").expect("0.1.0").expect("gitvan> ");
      shell.type("gitvan:queue list\r").expect("no runs are waiting or running");
      shell.type("gitvan:run sleep &\r").expect("asleep");
      var listed = ULID.matcher(shell.type("gitvan:queue list\r").until("  sleep  running"));
      assertThat(listed.find()).as(shell.screen()).isTrue();
      var id = listed.group();
      shell.type("gitvan:queue cancel " + id + "\r").expect("cancelled " + id);
      shell.type("gitvan:queue show " + id + "\r").expect("\"status\": \"cancelled\"");
      shell.type("gitvan:queue show 01NONE\r").expect("RUN_NOT_FOUND");
      shell.type("gitvan:queue list --all\r").expect("  sleep  ended");
      shell.type("exit\r");
      assertThat(shell.end()).as(shell.screen()).isZero();
    }
    assertThat(repository.receipt("HEAD")).containsEntry("status", "cancelled");
    assertEnded(repository);
  }

  /**
   * Leaving ends what runs in the background, as Ctrl-C would, before anything that it needs stops.
   *
   * <p>Shown to fail when the framework stops at once: the run fails for want of a bundle.
   */
  @ParameterizedTest
  @ValueSource(strings = {"exit\r", "gitvan:exit\r", "\u0004"})
  void leavingEndsTheBackground(String keys) throws Exception {
    var repository = Repository.withOneCommit(directory);
    repository.job("sleep", SLEEP);
    try (var shell = open(repository)) {
      shell.expect("gitvan> ").type("gitvan:version\r").expect("0.1.0").expect("gitvan> ");
      shell.type("gitvan:run sleep &\r").expect("asleep");
      shell.type(keys);
      assertThat(shell.end()).as(shell.screen()).isZero();
      assertThat(shell.screen()).doesNotContain("INTERNAL", "Exception", "\tat ");
    }
    assertEnded(repository);
  }

  /** As when the window is closed. */
  @Test
  void terminatedItEndsWhatRuns() throws Exception {
    var repository = Repository.withOneCommit(directory);
    repository.job("sleep", SLEEP);
    try (var shell = open(repository)) {
      shell.expect("gitvan> ").type("gitvan:version\r").expect("0.1.0").expect("gitvan> ");
      shell.type("gitvan:run sleep\r").expect("asleep");
      shell.terminate();
      shell.end();
      assertThat(shell.screen()).doesNotContain("INTERNAL", "Exception", "\tat ");
    }
    assertEnded(repository);
  }

  private static void assertEnded(Repository repository) throws IOException {
    assertThat(repository.receipt("HEAD")).containsEntry("status", "cancelled");
    var pid = Long.parseLong(Files.readString(repository.file("pid")).strip());
    Await.until(
        "the program's end",
        () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty(),
        () -> "process " + pid);
    repository.assertSound();
  }

  /** Without a terminal it is a script of commands. */
  @Test
  void readsCommandsFromAPipe() {
    var repository = Repository.withOneCommit(directory);
    var outcome = repository.gitvan().withInput("gitvan:version\nhelp cache\n").run("shell").ok();
    assertThat(outcome.out())
        .contains("0.1.0", "Usage: gitvan cache")
        .doesNotContain("\u001b", "gitvan> ");
    var failing = repository.gitvan().withInput("job list\njob show nope\nversion\n").run("shell");
    assertThat(failing.status()).isEqualTo(3);
    assertThat(failing.out() + failing.err())
        .contains("JOB_NOT_FOUND nope", "0.1.0")
        .doesNotContain("\u001b");
  }

  /**
   * The bundle of the cache on disk is stopped and started by hand: what is rendered before,
   * meanwhile and afterwards, and in the background at that very moment, is right.
   *
   * <p>Shown to fail when a tier that has gone stays among a cache's tiers and its failures reach
   * the caller, and when it only stays: {@code cache show} lists it.
   */
  @Test
  void tierComesAndGoes() {
    var repository = Repository.withOneCommit(directory);
    repository.template("n.peb", "{{ inputs.title }} {{ item }}\n");
    repository.job(
        "many",
        """
        inputs: { title: none }
        steps:
          - { template: n.peb, for-each: %s, to: "{{ inputs.title }}/{{ item }}.txt" }
        """
            .formatted(IntStream.rangeClosed(1, OUTPUTS).boxed().toList()));
    try (var shell = open(repository)) {
      shell.expect("gitvan> ").type("gitvan:version\r").expect("0.1.0").expect("gitvan> ");
      shell.type("lb -s cache.ehcache\r").expect("Symbolic name");
      var id = TIER.matcher(shell.until("gitvan> ")).results().findFirst().orElseThrow().group(1);
      runMany(repository, shell, "before");
      assertThat(cacheShow(shell)).contains("L2 disk");
      for (int i = 0; i < 3; i++) {
        shell.type("gitvan:run -q many -i title=while-stopped-" + i + " &\r").expect("gitvan> ");
        shell.type("stop " + id + "\r").expect("gitvan> ");
        assertThat(cacheShow(shell)).doesNotContain("L2");
        runMany(repository, shell, "without-" + i);
        shell.type("gitvan:run -q many -i title=while-started-" + i + " &\r").expect("gitvan> ");
        shell.type("start " + id + "\r").expect("gitvan> ");
        runMany(repository, shell, "with-" + i);
        assertThat(cacheShow(shell)).contains("L2 disk");
        awaitOutputs(repository, shell, "while-stopped-" + i);
        awaitOutputs(repository, shell, "while-started-" + i);
      }
      shell.type("exit\r");
      assertThat(shell.end()).as(shell.screen()).isZero();
      assertThat(shell.screen()).doesNotContain("Exception", "\tat ", "\u2717");
    }
  }

  private static void runMany(Repository repository, Pty shell, String title) {
    shell.type("gitvan:run -q many -i title=" + title + "\r").expect("gitvan> ");
    awaitOutputs(repository, shell, title);
  }

  private static void awaitOutputs(Repository repository, Pty shell, String title) {
    Await.until(
        "all outputs of " + title,
        () ->
            IntStream.rangeClosed(1, OUTPUTS)
                .allMatch(n -> Files.exists(repository.file(title + "/" + n + ".txt"))),
        shell::screen);
    for (int n = 1; n <= OUTPUTS; n++) {
      assertThat(repository.file(title + "/" + n + ".txt")).hasContent(title + " " + n + "\n");
    }
  }

  private static String cacheShow(Pty shell) {
    shell.type("gitvan:cache show rendered\r").expect("hit ratio");
    return shell.until("gitvan> ");
  }

  private static Pty open(Repository repository) {
    return repository.gitvan().onTerminal("shell");
  }
}
