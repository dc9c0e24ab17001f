package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code kill -9} while a run is applied: branch, tag and receipt are all there, or none is. */
class KillIT {
  /** How many runs are killed at moments that nobody chose. */
  private static final int KILLS = 15;

  /** From the last step's end on, everything is over after about this long. */
  private static final Duration APPLYING = Duration.ofMillis(120);

  @TempDir Path directory;

  /**
   * Killed at random moments after the last step, when the transaction is applied. After each kill
   * Git itself must be able to go on, and the next run must clean up what the dead one left.
   *
   * <p>Aimed at a transaction that moves the branch and then writes the note in a second ref
   * update: a kill in between leaves a commit without a receipt. Not yet tried on such a build.
   */
  @Test
  void atRandomMoments() throws Exception {
    var repository = prepared();
    var seed = System.nanoTime();
    var random = new Random(seed);
    int killed = 0;
    for (int i = 0; i < KILLS; i++) {
      Files.deleteIfExists(repository.file("last-step"));
      repository.write("source.txt", "content " + i + "\n");
      var running = repository.gitvan().start("-q", "run", "j", "-i", "n=" + i);
      Await.until(
          "the last step",
          () -> Files.exists(repository.file("last-step")) || !running.isAlive(),
          () -> running.out() + running.err());
      LockSupport.parkNanos(random.nextLong(APPLYING.toNanos()));
      killed += running.isAlive() ? 1 : 0;
      running.kill();
      assertBothOrNeither(repository, "seed " + seed + ", kill " + i);
    }
    assertThat(killed).as("runs that were killed before their end").isPositive();
    assertRecovers(repository, 99);
  }

  /**
   * Killed at every point that the transaction names, with the locks of Git held or not, before and
   * after the refs have moved.
   *
   * <p>Aimed at a missing repair of an intent whose owner is dead: the next run would end with
   * {@code REPO_LOCKED}. Not yet tried on such a build.
   */
  @Test
  void atEveryPointOfTheTransaction() {
    var repository = prepared();
    int n = 0;
    for (var point :
        List.of(
            "after-objects",
            "before-intent",
            "after-intent",
            "after-lock-0",
            "after-lock-2",
            "after-plan",
            "after-index-written",
            "before-pack",
            "after-pack",
            "after-unloose",
            "before-refs",
            "after-refs",
            "after-reflogs",
            "after-index")) {
      repository.write("source.txt", "content at " + point + "\n");
      var killed =
          repository
              .gitvan()
              .with("GITVAN_JAVA_OPTS", "-Dgitvan.failpoint=" + point)
              .run("-q", "run", "j", "-i", "n=" + n++);
      assertThat(killed.status()).as("killed at " + point + "\n" + killed).isEqualTo(137);
      assertBothOrNeither(repository, point);
      assertRecovers(repository, n++);
    }
  }

  /** Any command finishes what a killed one left, also when the user has removed its locks. */
  @ParameterizedTest
  @CsvSource({"diag, true", "job list, false", "run --dry-run j, true", "receipt list, false"})
  void whicheverCommandComesNext(String next, boolean locksAreRemoved) throws IOException {
    var repository = prepared();
    repository.write("source.txt", "second\n");
    var killed =
        repository
            .gitvan()
            .with("GITVAN_JAVA_OPTS", "-Dgitvan.failpoint=after-refs")
            .run("-q", "run", "j", "-i", "n=1");
    assertThat(killed.status()).as(killed.toString()).isEqualTo(137);
    var locks = locks(repository);
    assertThat(locks).isNotEmpty();
    if (locksAreRemoved) {
      for (var lock : locks) {
        Files.delete(lock);
      }
    }

    repository.gitvan().run(next.split(" ")).ok();

    assertThat(locks(repository)).isEmpty();
    assertThat(repository.git("diff", "--cached", "--name-only")).isEmpty();
  }

  /** Git's lock files, which stop Git. */
  private static List<Path> locks(Repository repository) throws IOException {
    var own = repository.file(".git/gitvan");
    try (var files = Files.walk(repository.file(".git"))) {
      return files
          .filter(file -> file.toString().endsWith(".lock") && !file.startsWith(own))
          .toList();
    }
  }

  /**
   * A step's command and its descendants end with the JVM, although they ignore the request, and so
   * does the process that has ended them.
   *
   * <p>Shown to fail on a launcher without that process.
   */
  @Test
  void commandsEndWithTheJvm() {
    var repository = Repository.withOneCommit(directory);
    repository.job(
        "j",
        """
        steps:
          - run: |
              trap '' TERM HUP INT
              (while :; do sleep 1; done) &
              (sh -c 'trap "" TERM; touch started; while :; do sleep 1; done') &
              wait
        """);
    var running = repository.gitvan().start("-q", "run", "j");
    Await.until(
        "the command has started",
        () -> Files.exists(repository.file("started")) || !running.isAlive(),
        () -> running.out() + running.err());
    var descendants = running.descendants();
    assertThat(descendants).as("shells, sleeps and the watcher").hasSizeGreaterThan(3);
    running.killAlone();
    Await.until(
        "all have ended",
        () -> descendants.stream().noneMatch(KillIT::isRunning),
        () -> descendants.stream().filter(KillIT::isRunning).toList().toString());
  }

  /** A process that has ended is there until its new parent has asked how. */
  private static boolean isRunning(ProcessHandle process) {
    try {
      var stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return process.isAlive() && !stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
    } catch (IOException e) {
      return false;
    }
  }

  /** Every run that moved the branch has a receipt, and every receipt's commit is on the branch. */
  private static void assertBothOrNeither(Repository repository, String when) {
    Set<String> committed = new HashSet<>();
    repository
        .git("log", "--format=%(trailers:key=Gitvan-Run,valueonly,separator=%x2C)", "main")
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> line.split(" ")[0])
        .forEach(committed::add);
    Set<String> received = new HashSet<>();
    Set<String> tagged = new HashSet<>();
    for (var line : repository.git("notes", "--ref", "gitvan/results", "list").lines().toList()) {
      for (var receipt : repository.receipts(line.split(" ")[1])) {
        if (receipt.get("status").equals("ok") && !receipt.get("commit").equals("")) {
          received.add((String) receipt.get("id"));
          var inputs = (Map<?, ?>) receipt.get("inputs");
          tagged.add("t" + inputs.get("n"));
        }
      }
    }
    assertThat(received).as("runs with a receipt; " + when).isEqualTo(committed);
    assertThat(new HashSet<>(repository.git("tag").lines().filter(t -> !t.isBlank()).toList()))
        .as("tags; " + when)
        .isEqualTo(tagged);
    var fsck = repository.sandbox().run("fsck", "--strict", "--no-dangling", "--no-progress");
    assertThat(fsck.status()).as(fsck.out() + fsck.err()).isZero();
    assertThat(repository.sandbox().run("status", "--porcelain").status()).isZero();
  }

  /** The next run works, commits what the dead one may have left, and leaves no lock behind. */
  private static void assertRecovers(Repository repository, int n) {
    repository.write("source.txt", "recovered " + n + "\n");
    repository.run("run", "j", "-i", "n=" + n).ok();
    assertThat(repository.git("show", "HEAD:out.md")).isEqualTo("recovered " + n);
    assertBothOrNeither(repository, "after recovery");
    repository.assertSound();
    repository.git("add", "source.txt");
    repository.git("commit", "-q", "-m", "Git goes on");
    assertThat(repository.git("status", "--porcelain", "--", "out.md", "source.txt")).isEmpty();
  }

  private Repository prepared() {
    var repository = Repository.withOneCommit(directory);
    repository.job(
        "j",
        """
        inputs: { n: 0 }
        steps:
          - run: "cp source.txt out.md"
          - commit: { message: "docs: {{ inputs.n }}", paths: [out.md] }
          - tag: { name: "t{{ inputs.n }}", message: tag }
          - run: ["touch", "last-step"]
        """);
    repository.write("source.txt", "first\n");
    repository.run("run", "j", "-i", "n=1000").ok();
    return repository;
  }
}
