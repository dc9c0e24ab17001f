package dev.gitvan.git.jgit.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.git.RefUpdate;
import dev.gitvan.testkit.GitSandbox;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A {@code git} process that has read {@code packed-refs}, and reads it again. Git takes a file of
 * the same inode, size and second for the one that it has read. Of a branch that it took for where
 * it was it would move back what had moved meanwhile. An inode that became free is used again two
 * files later.
 */
class ResidentGitTest {
  private static final int ROUNDS = 30;

  @TempDir Path directory;

  /** Who writes {@code packed-refs}. */
  private enum Writer {
    GITVAN,
    GIT
  }

  /**
   * Shown to fail when {@code packed-refs} keeps the time at which it was written, and its inode is
   * free.
   */
  @Test
  void seesBatches() throws Exception {
    sees(Writer.GITVAN, Writer.GITVAN);
  }

  /** Shown to fail when the inode of a batch's file is free: git's file sets the second back. */
  @Test
  void seesABatchBehindGit() throws Exception {
    sees(Writer.GIT, Writer.GITVAN);
  }

  /** Shown to fail when the inode of git's file is free as soon as a batch has replaced it. */
  @Test
  void seesGitBehindABatch() throws Exception {
    sees(Writer.GITVAN, Writer.GIT);
  }

  private void sees(Writer... writers) throws Exception {
    var git = GitSandbox.init(directory);
    var commits =
        List.of(
            git.commit("a.txt", "1\n", "one"),
            git.commit("a.txt", "2\n", "two"),
            git.commit("a.txt", "3\n", "three"));
    git.git("branch", "x", commits.get(0));
    git.git("branch", "y", commits.get(0));
    var builder =
        new ProcessBuilder("git", "cat-file", "--batch-check").directory(git.root().toFile());
    builder.environment().putAll(git.environment());
    var resident = builder.start();
    try (var batches = Batches.open(git);
        var ask = resident.outputWriter();
        var answer = resident.inputReader()) {
      int moves = 0;
      for (int round = 0; round < ROUNDS; round++) {
        for (var writer : writers) {
          if (writer == Writer.GITVAN) {
            var was = commits.get(moves % 3);
            var next = commits.get(++moves % 3);
            batches.apply(
                git.worktree(),
                RefUpdate.move("refs/heads/x", was, next, "test"),
                RefUpdate.move("refs/heads/y", was, next, "test"));
          } else {
            git.git("pack-refs", "--all");
          }
        }
        ask.write("refs/heads/x\n");
        ask.flush();
        assertThat(answer.readLine()).as("round " + round).startsWith(commits.get(moves % 3));
      }
    } finally {
      resident.destroyForcibly();
    }
  }
}
