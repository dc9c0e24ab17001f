package dev.gitvan.git.jgit.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.git.RefUpdate;
import dev.gitvan.testkit.GitSandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A {@code git} process that has read {@code packed-refs}, and reads it again. */
class ResidentGitTest {
  private static final int MOVES = 60;

  @TempDir Path directory;

  /**
   * Git takes a file of the same inode, size and second for the one that it has read. Of a branch
   * that it took for where it was it would move back what had moved meanwhile.
   *
   * <p>Shown to fail when {@code packed-refs} keeps the time at which it was written: an inode that
   * became free is used again two batches later.
   */
  @Test
  void seesEveryBatch() throws Exception {
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
      for (int moves = 0; moves < MOVES; moves++) {
        var was = commits.get(moves % 3);
        var next = commits.get((moves + 1) % 3);
        batches.apply(
            git.worktree(),
            RefUpdate.move("refs/heads/x", was, next, "test"),
            RefUpdate.move("refs/heads/y", was, next, "test"));
        // Every other time: the file has the same inode again then.
        if (moves % 2 == 0) {
          assertThat(objectOf("refs/heads/x", ask, answer)).as("move " + moves).isEqualTo(next);
        }
      }
    } finally {
      resident.destroyForcibly();
    }
  }

  private static String objectOf(String ref, Writer ask, BufferedReader answer) throws IOException {
    ask.write(ref + "\n");
    ask.flush();
    return List.of(answer.readLine().split(" ")).get(0);
  }
}
