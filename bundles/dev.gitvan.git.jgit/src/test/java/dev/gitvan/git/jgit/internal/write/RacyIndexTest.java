package dev.gitvan.git.jgit.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Edits that leave a file's size and times as they were. Git knows that of entries that are no
 * older than the index, and looks at the content; so a program that rewrites the index, and makes
 * it younger, must check it first.
 */
class RacyIndexTest {
  @TempDir Path directory;
  private GitSandbox git;
  private Receipts gitvan;

  @BeforeEach
  void open() {
    git = GitSandbox.init(directory);
    git.commit("out.txt", "1\n", "one");
    gitvan = Receipts.open(git);
  }

  @AfterEach
  void close() {
    gitvan.close();
  }

  private Path file(String name) {
    return git.root().resolve(name);
  }

  /** Shown to fail when entries are copied as they are: git then never sees the change. */
  @Test
  void anEditThatLeftNoTraceIsSeenAfterARun() throws Exception {
    git.git("config", "core.trustctime", "false");
    var time = FileTime.from(Instant.now());
    git.write("edited.txt", "staged\n");
    Files.setLastModifiedTime(file("edited.txt"), time);
    git.git("add", "edited.txt");
    // No younger than the entry, so that git reads the content.
    Files.setLastModifiedTime(file(".git/index"), time);
    git.write("edited.txt", "edited\n");
    Files.setLastModifiedTime(file("edited.txt"), time);
    // Without a look at the status, which would mark the entry in the index.
    while (Instant.now().isBefore(time.toInstant().plusMillis(1100))) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    Files.writeString(file("out.txt"), "2\n");
    gitvan.run(git.worktree(), Receipts.id(1), "out.txt");
    assertThat(git.git("status", "--porcelain")).isEqualTo("AM edited.txt");
    assertThat(git.git("diff", "edited.txt")).contains("+edited");
    Files.writeString(file("out.txt"), "3\n");
    gitvan.run(git.worktree(), Receipts.id(2), "out.txt", "edited.txt");
    assertThat(git.git("show", "HEAD:edited.txt")).isEqualTo("edited");
  }

  /** What has not changed keeps the data that Git saves work with. */
  @Test
  void anEntryThatHidesNothingStays() throws Exception {
    git.write("added.txt", "added\n");
    git.git("add", "added.txt");
    var before = git.git("ls-files", "--debug", "added.txt");
    awaitNextSecond();
    Files.writeString(file("out.txt"), "2\n");
    gitvan.run(git.worktree(), Receipts.id(1), "out.txt");
    assertThat(git.git("ls-files", "--debug", "added.txt")).isEqualTo(before);
    assertThat(git.git("diff-files")).isEmpty();
  }

  /**
   * An index is no younger than a file that was committed right after it was written. The file's
   * time is ahead, so that this holds however slow the machine is. Shown to fail when the index is
   * as young as it is.
   */
  @Test
  void anIndexIsNotYoungerThanWhatMayChangeUnseen() throws IOException {
    Files.writeString(file("out.txt"), "2\n");
    var ahead = FileTime.from(Instant.now().plusSeconds(60));
    Files.setLastModifiedTime(file("out.txt"), ahead);
    gitvan.run(git.worktree(), Receipts.id(2), "out.txt");
    assertThat(Files.getLastModifiedTime(file(".git/index")))
        .isEqualTo((Object) Files.getLastModifiedTime(file("out.txt")));
    assertThat(git.git("diff-files")).isEmpty();
  }

  /** The same with the times that the system gives: equal, or further apart than a tick. */
  @Test
  void anIndexIsAsOldAsAFileOrYoungerByATick() throws IOException {
    for (int run = 2; run < 50; run++) {
      Files.writeString(file("out.txt"), run + "\n");
      var file = Files.getLastModifiedTime(file("out.txt")).toInstant();
      gitvan.run(git.worktree(), Receipts.id(run), "out.txt");
      var index = Files.getLastModifiedTime(file(".git/index")).toInstant();
      assertThat(!index.isAfter(file) || index.isAfter(file.plusMillis(15)))
          .as(file + ", " + index)
          .isTrue();
      assertThat(git.git("diff-files")).isEmpty();
    }
  }

  /** A later run commits what was edited in the tick of the one before, whatever came between. */
  @Test
  void anEditInTheTickOfACommitIsCommitted() throws Exception {
    Files.writeString(file("out.txt"), "2\n");
    var time = Files.getLastModifiedTime(file("out.txt"));
    gitvan.run(git.worktree(), Receipts.id(1), "out.txt");
    Files.writeString(file("out.txt"), "3\n");
    Files.setLastModifiedTime(file("out.txt"), time);
    Files.writeString(file("other.txt"), "1\n");
    TimeUnit.MILLISECONDS.sleep(30);
    gitvan.run(git.worktree(), Receipts.id(2), "other.txt");
    gitvan.run(git.worktree(), Receipts.id(3), "out.txt");
    assertThat(git.git("show", "HEAD:out.txt")).isEqualTo("3");
    assertThat(Files.getLastModifiedTime(file("out.txt"))).isEqualTo((Object) time);
  }

  private static void awaitNextSecond() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(1020);
  }
}
