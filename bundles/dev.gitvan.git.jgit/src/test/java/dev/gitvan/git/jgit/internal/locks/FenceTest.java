package dev.gitvan.git.jgit.internal.locks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.LockRequest;
import dev.gitvan.git.LockStatus;
import dev.gitvan.git.LockStatus.State;
import dev.gitvan.git.jgit.internal.JavaProcess;
import dev.gitvan.testkit.GitSandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Locks between processes that sleep, die and race. */
@DisabledOnOs(OS.WINDOWS)
class FenceTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;
  private GitSandbox git;
  private Locking gitvan;
  private String head;
  private final List<Process> children = new ArrayList<>();

  @BeforeEach
  void open() {
    git = GitSandbox.init(directory);
    head = git.commit("a.txt", "1\n", "one");
    gitvan = Locking.open(git.environment());
  }

  @AfterEach
  void close() {
    children.forEach(Process::destroyForcibly);
    gitvan.close();
    var fsck = git.run("fsck", "--full", "--strict", "--no-dangling");
    assertThat(fsck.status()).as(fsck.out() + fsck.err()).isZero();
  }

  /** A process that answers a line with a line. */
  private final class Talk {
    final Process process;
    private final BufferedReader answers;
    private final PrintStream requests;

    Talk(String... arguments) throws IOException {
      process = JavaProcess.start(git, LockChild.class, List.of(), arguments);
      children.add(process);
      answers = process.inputReader();
      requests = new PrintStream(process.getOutputStream(), true);
    }

    String answer() throws IOException {
      var line = answers.readLine();
      while (line != null && !line.startsWith(LockChild.ANSWER)) {
        line = answers.readLine(); // what it logs
      }
      return line == null ? "" : line.substring(LockChild.ANSWER.length());
    }

    String ask(String line) throws IOException {
      requests.println(line);
      return answer();
    }

    void signal(String name) throws Exception {
      var kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
      assertThat(kill.waitFor()).isZero();
    }
  }

  /**
   * A process is stopped past its lease, and another one takes the lock and works. When it goes on
   * it can neither write nor believe that it has the lock.
   *
   * <p>Shown to fail with a fence that only asks the process's own clock before it takes the ref's
   * locks, stopped there; and with a fence that compares nothing: the branch of the one that was
   * stopped is there.
   */
  @Test
  void whoSleptPastHisLeaseCannotWrite() throws Exception {
    var child = new Talk("hold", "x", "2000");
    assertThat(child.answer()).isEqualTo("held 1");
    assertThat(child.ask("refs/heads/before " + head)).isEqualTo("done");
    child.signal("STOP");
    var request = LockRequest.of("x", "the parent").waiting(LONG);
    try (var lock = gitvan.locks.acquireRef(git.worktree(), request)) {
      assertThat(lock.epoch()).isEqualTo(2);
      child.signal("CONT");
      assertThat(child.ask("refs/heads/after " + head)).isEqualTo(Codes.LOCK_LOST.name());
      assertThat(child.ask("check")).isEqualTo(Codes.LOCK_LOST.name());
      assertThat(child.ask("close")).isEqualTo("done");
      lock.check();
      assertThat(git.git("cat-file", "-p", "refs/gitvan/locks/x")).startsWith("held\nepoch=2\n");
    }
    assertThat(git.git("for-each-ref", "--format=%(refname)", "refs/heads"))
        .isEqualTo("refs/heads/before\nrefs/heads/main");
  }

  /** The same although nobody else wanted the lock: whether one does is luck. */
  @Test
  void aLeaseThatHasPassedIsNotRevived() throws Exception {
    var child = new Talk("hold", "x", "1000");
    assertThat(child.answer()).isEqualTo("held 1");
    child.signal("STOP");
    while (status().state() != State.EXPIRED) {
      Thread.onSpinWait();
    }
    child.signal("CONT");
    assertThat(child.ask("refs/heads/after " + head)).isEqualTo(Codes.LOCK_LOST.name());
    assertThat(git.run("rev-parse", "-q", "--verify", "refs/heads/after").status()).isNotZero();
  }

  private LockStatus status() {
    return gitvan.locks.list(git.worktree()).get(0);
  }

  /** It need not wait for the lease of a minute. Shown to fail when only the lease counts. */
  @Test
  void aKilledProcessesLockIsFreeAtOnce() throws Exception {
    var child = new Talk("hold", "x", "3600000");
    assertThat(child.answer()).isEqualTo("held 1");
    assertThat(status().state()).isEqualTo(State.HELD);
    assertThat(status().pid()).isEqualTo(child.process.pid());
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(() -> gitvan.locks.acquireRef(git.worktree(), LockRequest.of("x", "me")))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Codes.LOCK_HELD))
        .withMessageContaining("the child (process " + child.process.pid());
    child.process.destroyForcibly().waitFor();
    assertThat(status().state()).isEqualTo(State.EXPIRED);
    try (var lock = gitvan.locks.acquireRef(git.worktree(), LockRequest.of("x", "me"))) {
      assertThat(lock.epoch()).isEqualTo(2);
    }
  }

  @Test
  void aKilledProcessesIndexLockIsRemoved() throws Exception {
    var child = new Talk("index");
    assertThat(child.answer()).isEqualTo("held");
    git.write("b.txt", "1\n");
    assertThat(git.run("add", "b.txt").status()).isNotZero();
    child.process.destroyForcibly().waitFor();
    gitvan.locks.acquireIndex(git.worktree(), LONG).close();
    git.git("add", "b.txt");
  }

  /** Shown to lose counts when everybody is let in. */
  @Test
  void processesExcludeEachOther() throws Exception {
    var file = Files.writeString(directory.resolve("number"), "0");
    var counting = new ArrayList<Process>();
    for (int i = 0; i < 3; i++) {
      counting.add(
          JavaProcess.start(git, LockChild.class, List.of(), "count", "x", "30", file.toString()));
    }
    children.addAll(counting);
    for (var child : counting) {
      var output = new String(child.getInputStream().readAllBytes());
      assertThat(child.waitFor()).as(output).isZero();
    }
    assertThat(file).hasContent("90");
    assertThat(status().epoch()).isEqualTo(90);
  }
}
