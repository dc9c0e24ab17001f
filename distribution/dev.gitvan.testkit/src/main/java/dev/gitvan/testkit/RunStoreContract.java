package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.job.JobOrder;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunState;
import dev.gitvan.job.RunStatus;
import dev.gitvan.job.StoredRun;
import dev.gitvan.job.spi.RunStore;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every run store must do. A test that does not end is interrupted after a minute. */
public abstract class RunStoreContract extends Contract {
  private static final int THREADS = 8;

  @TempDir Path directory;
  private WorktreeId worktree;
  private WorktreeId other;
  private RunStore store;
  private int accepted;

  /**
   * A new store, as its component would be in another process.
   *
   * @param shared a folder that all stores of one test share
   */
  protected abstract RunStore store(Path shared);

  @BeforeEach
  void open() throws IOException {
    worktree = worktree("one");
    other = worktree("two");
    Files.createDirectory(directory.resolve("shared"));
    store = another();
  }

  /** A store reads and writes no more of a repository than its folder for GitVan's state. */
  private WorktreeId worktree(String name) throws IOException {
    var root = directory.toRealPath().resolve(name);
    var git = Files.createDirectories(root.resolve(".git"));
    return new WorktreeId(git, new RepositoryId(git), root);
  }

  private RunStore another() {
    return store(directory.resolve("shared"));
  }

  private StoredRun run(WorktreeId in, String key) {
    var order =
        JobOrder.builder(in, "job").inputs(Map.of("n", 1L, "deep", List.of("a"))).key(key).build();
    var id = String.format("01KAT%021d", ++accepted);
    return StoredRun.accepted(id, order, Instant.now().truncatedTo(ChronoUnit.MILLIS));
  }

  private StoredRun accept(StoredRun run) {
    assertThat(store.accept(run)).isEmpty();
    return run;
  }

  private static Receipt receipt(StoredRun run) {
    return Receipt.builder(run.id(), run.order().job())
        .status(RunStatus.OK)
        .ran(run.accepted(), run.accepted())
        .inputs(run.order().inputs())
        .build();
  }

  @Test
  void keepsWhatItAccepted() {
    var first = accept(run(worktree, null));
    var second = accept(run(other, null));
    assertThat(store.find(first.id())).contains(first);
    assertThat(store.find("01KAT-none")).isEmpty();
    assertThat(store.list()).containsExactly(first, second);
  }

  @Test
  void keepsWhatBecameOfARun() {
    var run = accept(run(worktree, null));
    store.update(run.started());
    assertThat(store.find(run.id())).get().extracting(StoredRun::state).isEqualTo(RunState.RUNNING);
    var receipt = receipt(run);
    store.update(run.started().ended(receipt));
    var ended = store.find(run.id()).orElseThrow();
    assertThat(ended.state()).isEqualTo(RunState.ENDED);
    assertThat(ended.receipt().orElseThrow().toMap()).isEqualTo(receipt.toMap());
  }

  @Test
  void doesNotTakeUpdatesOfRunsThatItHasNot() {
    var unknown = run(worktree, "k");
    store.update(unknown.ended(receipt(unknown)));
    assertThat(store.list()).isEmpty();
    assertThat(store.withKey(worktree.repository(), "k")).isEmpty();
  }

  @Test
  void keyBelongsToTheFirstRunOfItsRepository() {
    var first = accept(run(worktree, "k"));
    var second = run(worktree, "k");
    assertThat(store.accept(second)).get().extracting(StoredRun::id).isEqualTo(first.id());
    assertThat(store.find(second.id())).isEmpty();
    accept(run(other, "k"));
    accept(run(worktree, "another"));
    var holder = store.withKey(worktree.repository(), "k").orElseThrow();
    assertThat(holder.id()).isEqualTo(first.id());
    assertThat(holder.order().job()).isEqualTo("job");
    assertThat(holder.order().inputs()).isEqualTo(first.order().inputs());
    assertThat(store.withKey(worktree.repository(), "unused")).isEmpty();
  }

  @Test
  void endedRunKeepsItsKey() {
    var first = accept(run(worktree, "k"));
    store.update(first.started().ended(receipt(first)));
    assertThat(store.accept(run(worktree, "k")))
        .get()
        .satisfies(
            holder -> {
              assertThat(holder.id()).isEqualTo(first.id());
              assertThat(holder.state()).isEqualTo(RunState.ENDED);
              assertThat(holder.receipt()).isPresent();
            });
  }

  @Test
  void releasedKeyIsFreeAndTheRunStays() {
    var first = accept(run(worktree, "k"));
    store.releaseKey(first);
    assertThat(store.find(first.id())).isPresent();
    var second = accept(run(worktree, "k"));
    store.releaseKey(first);
    assertThat(store.withKey(worktree.repository(), "k"))
        .get()
        .extracting(StoredRun::id)
        .isEqualTo(second.id());
  }

  @Test
  void removedRunIsGoneAndItsKeyFree() {
    var first = accept(run(worktree, "k"));
    store.remove(first);
    assertThat(store.find(first.id())).isEmpty();
    assertThat(store.list()).isEmpty();
    accept(run(worktree, "k"));
  }

  @Test
  void otherProcessesSeeKeysAndHowTheirRunsEnd() {
    var first = accept(run(worktree, "k"));
    var theirs = another();
    assertThat(theirs.accept(run(worktree, "k")))
        .get()
        .extracting(StoredRun::id)
        .isEqualTo(first.id());
    store.update(first.started().ended(receipt(first)));
    assertThat(theirs.withKey(worktree.repository(), "k"))
        .get()
        .extracting(StoredRun::state)
        .isEqualTo(RunState.ENDED);
  }

  @Test
  void ofManyAtOnceOneHasTheKey() throws Exception {
    var stores = List.of(store, another());
    var winners = new ConcurrentLinkedQueue<StoredRun>();
    var holders = new ConcurrentLinkedQueue<String>();
    var go = new CountDownLatch(1);
    var threads = new ConcurrentLinkedQueue<Thread>();
    for (int i = 0; i < THREADS; i++) {
      var run = run(worktree, "k");
      var mine = stores.get(i % 2);
      var thread =
          new Thread(
              () -> {
                try {
                  go.await();
                } catch (InterruptedException e) {
                  return;
                }
                mine.accept(run)
                    .ifPresentOrElse(holder -> holders.add(holder.id()), () -> winners.add(run));
              });
      threads.add(thread);
      thread.start();
    }
    go.countDown();
    for (var thread : threads) {
      thread.join();
    }
    assertThat(winners).hasSize(1);
    assertThat(holders).hasSize(THREADS - 1).containsOnly(winners.element().id());
  }
}
