package dev.gitvan.git.jgit.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.git.jgit.internal.Faults;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.spi.ReceiptQuery;
import dev.gitvan.testkit.GitSandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StormTest {
  private static final int THREADS = 16;
  private static final int LOOPS = 4;
  private static final String RESULTS = "refs/notes/gitvan/results";

  @TempDir Path directory;

  /**
   * Sixteen threads write receipts on one commit, and four loops of {@code git notes append} write
   * into the same note. {@code git notes} throws away what came between its reading and its
   * writing, a line of another loop as well as a receipt; every receipt is there in the end.
   *
   * <p>Shown to fail without the putting back of lost receipts.
   */
  @Test
  void everyReceiptBesideGitNotes() throws Exception {
    int each = Faults.count(15, 1000);
    var git = GitSandbox.init(directory);
    var head = git.commit("a.txt", "1\n", "one");
    var stop = new Faults.Stop();
    var pool = Executors.newFixedThreadPool(THREADS + LOOPS);
    try (var gitvan = Receipts.open(git)) {
      var external = new ArrayList<Future<Integer>>();
      for (int loop = 0; loop < LOOPS; loop++) {
        var line = "external " + loop;
        external.add(
            Faults.loop(
                pool,
                stop,
                () ->
                    git.run("notes", "--ref", RESULTS, "append", "-m", line, head).status() == 0));
      }
      var writers = new ArrayList<Future<?>>();
      var worktree = git.worktree();
      for (int t = 0; t < THREADS; t++) {
        int first = 1000 * t;
        writers.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    gitvan.run(worktree, Receipts.id(first + i));
                  }
                }));
      }
      for (var writer : writers) {
        writer.get();
      }
      stop.set();
      int appended = 0;
      for (var loop : external) {
        appended += loop.get();
      }
      assertThat(appended).as("notes that git appended meanwhile").isPositive();
      var seen =
          gitvan.transactions.receipts(worktree, ReceiptQuery.newest(Integer.MAX_VALUE)).stream()
              .map(Receipt::id)
              .toList();
      assertThat(seen).as("as GitVan reads them").hasSize(THREADS * each);
      // The next writer has restored everything.
      gitvan.run(worktree, Receipts.id(THREADS * 1000));
      assertThat(written(git)).as("as Git reads them").hasSize(THREADS * each + 1);
      assertThat(gitvan.transactions.verify(worktree).findings()).isEmpty();
    } finally {
      stop.set();
      pool.shutdownNow();
    }
    var fsck = git.run("fsck", "--full", "--strict", "--no-progress");
    assertThat(fsck.status()).as(fsck.out() + fsck.err()).isZero();
  }

  /** The ids in all notes, read by the git command alone. */
  private static TreeSet<String> written(GitSandbox git) {
    var ids = new TreeSet<String>();
    for (var note : git.git("notes", "--ref", RESULTS, "list").lines().toList()) {
      for (var line : git.git("cat-file", "blob", note.split(" ")[0]).lines().toList()) {
        if (line.startsWith("{\"id\":\"")) {
          assertThat(ids.add(line.substring(7, 33))).as(line).isTrue();
        }
      }
    }
    return ids;
  }
}
