package dev.gitvan.git.jgit.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.job.spi.ReceiptQuery;
import dev.gitvan.testkit.GitSandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
  @TempDir Path directory;

  /**
   * Three GitVan processes write receipts while Git packs refs and collects garbage. Shown to fail
   * (Not with {@code --prune=now}: that deletes what anybody is just writing.) Shown to fail when a
   * ref's old value is not looked at under its lock.
   */
  @Test
  void severalProcessesLoseNothing() throws Exception {
    var git = GitSandbox.init(directory);
    git.commit("a.txt", "1\n", "one");
    int each = 25;
    var children = new ArrayList<Process>();
    for (int i = 0; i < 3; i++) {
      children.add(Child.start(git, List.of(), "receipts", "" + 1000 * i, "" + each));
    }
    while (children.stream().anyMatch(Process::isAlive)) {
      git.run("pack-refs", "--all");
      git.run("gc", "-q");
    }
    for (var child : children) {
      var output = new String(child.getInputStream().readAllBytes());
      assertThat(child.waitFor()).as(output).isZero();
    }
    try (var gitvan = Receipts.open(git)) {
      assertThat(gitvan.transactions.receipts(git.worktree(), ReceiptQuery.newest(1000)))
          .hasSize(3 * each);
    }
    assertThat(git.run("fsck", "--full", "--strict").status()).isZero();
  }

  @Test
  void receiptsThatWaitTogetherShareACommit() throws Exception {
    var git = GitSandbox.init(directory);
    git.commit("a.txt", "1\n", "one");
    int threads = 16;
    var pool = Executors.newFixedThreadPool(threads);
    try (var gitvan = Receipts.open(git)) {
      var worktree = git.worktree();
      var start = new CountDownLatch(1);
      var runs = new ArrayList<Callable<String>>();
      for (int t = 0; t < threads; t++) {
        int thread = t;
        runs.add(
            () -> {
              start.await();
              for (int i = 0; i < 20; i++) {
                gitvan.run(worktree, Receipts.id(thread * 100 + i));
              }
              return "";
            });
      }
      var futures = runs.stream().map(pool::submit).toList();
      start.countDown();
      for (var future : futures) {
        future.get();
      }
      var ids = new HashSet<String>();
      gitvan
          .transactions
          .receipts(worktree, ReceiptQuery.newest(1000))
          .forEach(r -> ids.add(r.id()));
      assertThat(ids).hasSize(threads * 20);
      int commits = Integer.parseInt(git.git("rev-list", "--count", "refs/notes/gitvan/results"));
      assertThat(commits).isLessThan(threads * 20 / 2);
    } finally {
      pool.shutdownNow();
    }
  }
}
