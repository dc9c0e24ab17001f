package dev.gitvan.git.jgit.internal.refs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.write.Receipts;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LocksTest {
  @TempDir Path directory;
  private GitSandbox git;
  private Receipts gitvan;

  @BeforeEach
  void open() {
    git = GitSandbox.init(directory);
    git.commit("a.txt", "1\n", "one");
    git.write("out.txt", "1\n");
    gitvan = Receipts.open(git);
  }

  @AfterEach
  void close() {
    gitvan.close();
  }

  private void assertLocked(String... words) {
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(() -> gitvan.run(git.worktree(), Receipts.id(1), "out.txt"))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Codes.REPO_LOCKED))
        .satisfies(
            e -> {
              for (var word : words) {
                assertThat(e.getMessage()).contains(word);
              }
            });
    assertThat(git.git("log", "--format=%s")).isEqualTo("one");
    assertThat(git.run("rev-parse", "-q", "--verify", "refs/notes/gitvan/results").status())
        .isNotZero();
  }

  /** Shown to fail when the recovery removes any old lock. */
  @Test
  void foreignLocksAreNeverRemoved() throws IOException {
    for (var name : List.of("index.lock", "packed-refs.lock", "refs/heads/main.lock")) {
      var lock = git.root().resolve(".git").resolve(name);
      Files.writeString(lock, "");
      Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(7200)));
      assertLocked(name, "2 h");
      assertThat(lock).exists();
      Files.delete(lock);
    }
    gitvan.run(git.worktree(), Receipts.id(2), "out.txt");
    assertThat(git.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void aForeignIndexLockDoesNotKeepReceiptsBack() throws IOException {
    Files.writeString(git.root().resolve(".git/index.lock"), "");
    gitvan.run(git.worktree(), Receipts.id(1));
    assertThat(git.git("notes", "--ref", "gitvan/results", "show")).contains(Receipts.id(1));
  }

  @Test
  void anIntentThatIsNotTheLocksOwnRemovesNothing() throws IOException {
    var lock = git.root().resolve(".git/index.lock");
    var dead = intent(Long.MAX_VALUE, lock);
    dead.write();
    Files.writeString(lock, "somebody else's");
    assertLocked("index.lock");
    assertThat(lock).hasContent("somebody else's");
    // The intent of the dead process is gone nevertheless.
    assertThat(dead.file()).doesNotExist();
  }

  @Test
  void aDeadProcessesLockIsRemoved() throws IOException {
    var lock = git.root().resolve(".git/refs/heads/main.lock");
    var dead = intent(Long.MAX_VALUE, lock);
    dead.write();
    assertThat(dead.take(lock)).isTrue();
    gitvan.run(git.worktree(), Receipts.id(1), "out.txt");
    assertThat(lock).doesNotExist();
    assertThat(dead.file()).doesNotExist();
  }

  /** Shown to fail when a plan counts without its last line. */
  @Test
  void halfOfAPlanStandsForNothing() throws IOException {
    var log = git.root().resolve(".git/logs/refs/heads/main");
    var head = ObjectId.fromString(git.git("rev-parse", "HEAD"));
    var ids = ObjectId.zeroId().name() + " " + head.name();
    var line = ids + " A <a@example.org> 0 +0000\twritten by a complete plan\n";
    var dead = intent(Long.MAX_VALUE, git.root().resolve(".git/refs/heads/main.lock"));
    for (boolean whole : new boolean[] {false, true}) {
      dead.write();
      assertThat(dead.take(git.root().resolve(".git/refs/heads/main.lock"))).isTrue();
      dead.plan(
          List.of(new Move("refs/heads/main", null, head, null, "")),
          List.of(new Reflog.Entry(log, line)));
      if (!whole) {
        var text = Files.readString(dead.file());
        Files.writeString(dead.file(), text.substring(0, text.lastIndexOf("planned")));
      }
      gitvan.run(git.worktree(), Receipts.id(whole ? 1 : 2));
      assertThat(dead.file()).doesNotExist();
      assertThat(Files.readString(log).contains(line)).isEqualTo(whole);
    }
  }

  /** Shown to fail when what could be written of it stays. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void anIntentThatCannotBeWrittenLeavesNothing() throws IOException {
    var intent = intent(Owner.self().pid(), git.root().resolve(".git/index.lock"));
    Files.createDirectories(intent.file().getParent());
    Files.createSymbolicLink(intent.file(), Path.of("/dev/full"));
    assertThatIOException().isThrownBy(intent::write);
    assertThat(intent.file()).doesNotExist();
    assertThat(Files.isSymbolicLink(intent.file())).isFalse();
  }

  @Test
  void whoCannotBeProvedDeadIsNot() {
    var self = Owner.self();
    assertThat(self.isDead()).isFalse();
    long unused = Long.MAX_VALUE;
    var gone = new Owner(unused, self.started(), self.boot(), self.host(), self.namespace());
    assertThat(gone.isDead()).isTrue();
    assertThat(new Owner(unused, "", self.boot(), "other host", self.namespace()).isDead())
        .isFalse();
    assertThat(new Owner(unused, "", self.boot(), self.host(), "other container").isDead())
        .isFalse();
    assertThat(new Owner(self.pid(), self.started(), "other boot", self.host(), "").isDead())
        .isTrue();
    // The same process id, used again.
    var before = java.time.Instant.parse(self.started()).minusSeconds(60).toString();
    assertThat(new Owner(self.pid(), before, self.boot(), self.host(), self.namespace()).isDead())
        .isTrue();
    assertThat(new Owner(self.pid(), "", self.boot(), self.host(), self.namespace()).isDead())
        .isFalse();
  }

  /** Shown to fail when Java is believed, for which such a process is alive. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void whoEndedAndWasNeverAskedHowIsDead() throws Exception {
    // The shell's child ends when another program has taken the shell's place: it never asks how.
    var script = "sleep 0.3 & echo $!; exec sleep 100";
    var parent = new ProcessBuilder("sh", "-c", script).start();
    try {
      var pid = parent.inputReader().readLine();
      var stat = Path.of("/proc", pid, "stat");
      while (!Files.readString(stat).contains(") Z")) {
        Thread.onSpinWait();
      }
      var self = Owner.self();
      var zombie = new Owner(Long.parseLong(pid), "", self.boot(), self.host(), self.namespace());
      assertThat(zombie.isDead()).isTrue();
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void aLockTellsWhoHoldsIt() throws IOException {
    var lock = git.root().resolve(".git/index.lock");
    var intent = Intent.of(new Intents(git.worktree().repository()), List.of(lock), null);
    intent.write();
    assertThat(intent.take(lock)).isTrue();
    var problem = Holder.of(lock).toProblem(lock);
    assertThat(problem.toString())
        .contains("GitVan process " + ProcessHandle.current().pid())
        .contains(" s. Run it again when that process has ended. Do not remove the file.");
    // To git it is a lock like any other.
    assertThat(git.run("add", "out.txt").err()).contains("index.lock");
    intent.end();
    assertThat(lock).doesNotExist();
    git.git("add", "out.txt");
  }

  /** A user who removes GitVan's lock loses what the next command would finish. */
  @Test
  void nobodyIsAdvisedToRemoveALockOfGitVan() throws IOException {
    var lock = git.root().resolve(".git/index.lock");
    assertThat(Holder.of(lock).toProblem(lock).toString()).contains("remove the file");
    var dead = intent(Long.MAX_VALUE, lock);
    dead.write();
    assertThat(dead.take(lock)).isTrue();
    assertThat(Holder.of(lock).toProblem(lock).toString())
        .contains("(which has ended)", "Do not remove the file: run any gitvan command");
  }

  private Intent intent(long pid, Path lock) {
    var self = Owner.self();
    var owner = new Owner(pid, self.started(), self.boot(), self.host(), self.namespace());
    var intents = new Intents(git.worktree().repository());
    return new Intent(intents, "dead.intent", owner, List.of(lock), null);
  }
}
