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
 * older than the index, and looks at the content; so whoever writes the index again, and makes it
 * younger, must look first.
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

  /** Shown to fail when entries are copied as they are: git then sees no change for ever. */
  @Test
  void anEditThatLeftNoTraceIsSeenAfterARun() throws Exception {
    git.git("config", "core.trustctime", "false");
    // Younger than the index, so that git looks at the content.
    var time = FileTime.from(Instant.now().plusSeconds(2));
    git.write("edited.txt", "staged\n");
    Files.setLastModifiedTime(file("edited.txt"), time);
    git.git("add", "edited.txt");
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
   * An index is no younger than a file that was committed right after it was written. Shown to fail
   * when it is as young as it is.
   */
  @Test
  void anIndexIsNotYoungerThanWhatMayChangeUnseen() throws IOException {
    boolean seen = false;
    for (int run = 2; run < 500 && !seen; run++) {
      Files.writeString(file("out.txt"), run + "\n");
      var file = Files.getLastModifiedTime(file("out.txt")).toInstant();
      gitvan.run(git.worktree(), Receipts.id(run), "out.txt");
      var index = Files.getLastModifiedTime(file(".git/index")).toInstant();
      seen = !index.isAfter(file);
      assertThat(seen || index.isAfter(file.plusMillis(15))).as(file + ", " + index).isTrue();
      assertThat(git.git("diff-files")).isEmpty();
    }
    assertThat(seen).isTrue();
  }

  /** A later run commits what was edited in the tick of the one before, whoever was between. */
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
