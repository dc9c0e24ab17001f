package dev.gitvan.git.jgit.internal.locks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.Lock;
import dev.gitvan.git.LockRequest;
import dev.gitvan.git.LockStatus;
import dev.gitvan.git.LockStatus.State;
import dev.gitvan.git.RefBatch;
import dev.gitvan.git.RefUpdate;
import dev.gitvan.git.jgit.internal.write.Receipts;
import dev.gitvan.job.spi.RunTransaction.CommitOrigin;
import dev.gitvan.job.spi.Staging.CommitSpec;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitLocksTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;
  private GitSandbox git;
  private WorktreeId worktree;
  private Locking gitvan;
  private String head;

  @BeforeEach
  void open() {
    git = GitSandbox.init(directory);
    head = git.commit("a.txt", "1\n", "one");
    worktree = git.worktree();
    gitvan = Locking.open(git.environment());
  }

  @AfterEach
  void close() {
    gitvan.close();
    var fsck = git.run("fsck", "--full", "--strict", "--no-dangling");
    assertThat(fsck.status()).as(fsck.out() + fsck.err()).isZero();
  }

  private static GitVanException assertRefused(ErrorCode code, ThrowingCallable call) {
    var thrown = new AtomicReference<GitVanException>();
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
        .satisfies(thrown::set);
    return thrown.get();
  }

  private String blob(String name) {
    return git.git("cat-file", "-p", "refs/gitvan/locks/" + name);
  }

  @Test
  void whatGitSeesOfALock() {
    try (var lock =
        gitvan.locks.acquireRef(worktree, LockRequest.of("deploy/prod", "job deploy"))) {
      assertThat(lock.epoch()).isEqualTo(1);
      assertThat(lock.isHeld()).isTrue();
      lock.check();
      assertThat(blob("deploy/prod").lines())
          .startsWith("held", "epoch=1", "owner=job deploy")
          .contains("pid=" + ProcessHandle.current().pid(), "lease=60000ms")
          .anyMatch(line -> line.startsWith("host="))
          .anyMatch(line -> line.startsWith("expires=20"));
    }
    assertThat(blob("deploy/prod").lines()).startsWith("free", "epoch=1");
    try (var lock = gitvan.locks.acquireRef(worktree, LockRequest.of("deploy/prod", "again"))) {
      assertThat(lock.epoch()).isEqualTo(2);
    }
    assertThat(git.git("for-each-ref", "refs/gitvan/locks")).contains("refs/gitvan/locks/deploy");
    assertThat(git.root().resolve(".git/logs/refs/gitvan")).doesNotExist();
  }

  @Test
  void whoComesSecondIsToldWhoHasIt() {
    try (var lock = gitvan.locks.acquireRef(worktree, LockRequest.of("x", "the first"))) {
      var error =
          assertRefused(
              Codes.LOCK_HELD,
              () -> gitvan.locks.acquireRef(worktree, LockRequest.of("x", "the second")));
      assertThat(error.getMessage())
          .startsWith("LOCK_HELD x: the first (process " + ProcessHandle.current().pid());
      try (var other = Locking.open(git.environment())) {
        assertRefused(
            Codes.LOCK_HELD,
            () ->
                other.locks.acquireRef(
                    worktree, LockRequest.of("x", "third").waiting(Duration.ofMillis(200))));
      }
      lock.check();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "../x", "a/", "-x..", "x.lock", "a//b"})
  void invalidNames(String name) {
    assertRefused(
        Codes.REF_INVALID, () -> gitvan.locks.acquireRef(worktree, LockRequest.of(name, "me")));
  }

  @Test
  void aLockCannotBeBesideAnother() {
    gitvan.locks.acquireRef(worktree, LockRequest.of("a", "me")).close();
    var error =
        assertRefused(
            Codes.REF_INVALID,
            () -> gitvan.locks.acquireRef(worktree, LockRequest.of("a/b", "me")));
    assertThat(error.getMessage()).contains("refs/gitvan/locks/a");
  }

  /** Shown to fail when the queue is left before the lock is released. */
  @Test
  void threadsGetItInTheOrderInWhichTheyCame() throws Exception {
    int threads = 8;
    var order = new ArrayList<Integer>();
    var pool = Executors.newFixedThreadPool(threads);
    var first = gitvan.locks.acquireRef(worktree, LockRequest.of("x", "first"));
    try {
      var waiting = new ArrayList<Future<?>>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        var started = new AtomicReference<Thread>();
        waiting.add(
            pool.submit(
                () -> {
                  started.set(Thread.currentThread());
                  var request = LockRequest.of("x", "thread " + number).waiting(LONG);
                  try (var lock = gitvan.locks.acquireRef(worktree, request)) {
                    lock.check();
                    order.add(number);
                  }
                }));
        while (started.get() == null || started.get().getState() != Thread.State.TIMED_WAITING) {
          Thread.onSpinWait();
        }
      }
      first.close();
      for (var thread : waiting) {
        thread.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(blob("x")).startsWith("free\nepoch=9");
  }

  /** Shown to fail when a ref's old value is not compared. */
  @Test
  void threadsExcludeEachOther() throws Exception {
    int threads = 8;
    var inside = new AtomicInteger();
    var pool = Executors.newFixedThreadPool(threads);
    try (var other = Locking.open(git.environment())) {
      var start = new CountDownLatch(1);
      var runs = new ArrayList<Callable<Integer>>();
      for (int t = 0; t < threads; t++) {
        // Two sets of services in one process meet only in the repository.
        var locks = t % 2 == 0 ? gitvan.locks : other.locks;
        runs.add(
            () -> {
              start.await();
              int most = 0;
              for (int i = 0; i < 10; i++) {
                try (var lock =
                    locks.acquireRef(worktree, LockRequest.of("x", "me").waiting(LONG))) {
                  most = Math.max(most, inside.incrementAndGet());
                  lock.check();
                  inside.decrementAndGet();
                }
              }
              return most;
            });
      }
      var futures = runs.stream().map(pool::submit).toList();
      start.countDown();
      for (var future : futures) {
        assertThat(future.get()).isEqualTo(1);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(blob("x")).startsWith("free\nepoch=80");
  }

  @Test
  void aWaitCanBeCancelled() throws Exception {
    try (var lock = gitvan.locks.acquireRef(worktree, LockRequest.of("x", "first"));
        var other = Locking.open(git.environment())) {
      for (var locks : List.of(gitvan.locks, other.locks)) {
        var answer = new AtomicReference<String>();
        var thread =
            new Thread(
                () -> {
                  try {
                    locks.acquireRef(worktree, LockRequest.of("x", "second").waiting(LONG));
                  } catch (GitVanException e) {
                    answer.set(e.code() + " " + Thread.currentThread().isInterrupted());
                  }
                });
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
          Thread.onSpinWait();
        }
        thread.interrupt();
        thread.join();
        assertThat(answer.get()).isEqualTo("INTERRUPTED true");
      }
      lock.check();
    }
    // Nobody who gave up is still in the queue.
    gitvan.locks.acquireRef(worktree, LockRequest.of("x", "third")).close();
  }

  @Test
  void anInterruptedThreadReleasesWhatItHas() {
    var lock = gitvan.locks.acquireRef(worktree, LockRequest.of("x", "me"));
    Thread.currentThread().interrupt();
    lock.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(blob("x")).startsWith("free");
    lock.close();
    assertThat(lock.isHeld()).isFalse();
  }

  /** Longer than three leases, and nobody else gets it. */
  @Test
  void aLeaseIsRenewed() {
    var request = LockRequest.of("x", "me").withLease(Duration.ofSeconds(2));
    try (var lock = gitvan.locks.acquireRef(worktree, request);
        var other = Locking.open(git.environment())) {
      var first = blob("x");
      assertRefused(
          Codes.LOCK_HELD,
          () ->
              other.locks.acquireRef(
                  worktree, LockRequest.of("x", "other").waiting(Duration.ofSeconds(7))));
      lock.check();
      assertThat(lock.epoch()).isEqualTo(1);
      assertThat(blob("x")).isNotEqualTo(first).startsWith("held\nepoch=1\n");
      gitvan.refs.apply(
          worktree,
          RefBatch.of(RefUpdate.create("refs/heads/fenced", head, "")).fencedBy(lock.fence()));
    }
  }

  @Test
  void aFenceHoldsOnlyForItsOwnAcquisition() {
    var first = gitvan.locks.acquireRef(worktree, LockRequest.of("x", "first"));
    var batch = RefBatch.of(RefUpdate.create("refs/heads/fenced", head, ""));
    first.close();
    assertRefused(
        Codes.LOCK_LOST, () -> gitvan.refs.apply(worktree, batch.fencedBy(first.fence())));
    try (var second = gitvan.locks.acquireRef(worktree, LockRequest.of("x", "second"))) {
      var error =
          assertRefused(
              Codes.LOCK_LOST, () -> gitvan.refs.apply(worktree, batch.fencedBy(first.fence())));
      assertThat(error.getMessage()).startsWith("LOCK_LOST x:").contains("second (process");
      assertThat(git.run("rev-parse", "-q", "--verify", "refs/heads/fenced").status()).isNotZero();
      gitvan.refs.apply(worktree, batch.fencedBy(second.fence()));
      assertThat(git.git("rev-parse", "fenced")).isEqualTo(head);
    }
  }

  /** Shown to fail when the fence is asked before the refs are locked, or not at all. */
  @Test
  void aRunWithoutItsLockLeavesItsReceiptOnly() {
    git.write("out.txt", "1\n");
    var request = LockRequest.of("x", "the run");
    try (var runs = Receipts.open(git);
        var transaction = runs.transactions.begin(worktree, false);
        var lock = gitvan.locks.acquireRef(worktree, request)) {
      var id = Receipts.id(1);
      transaction.fence(lock.name(), lock.fence().token());
      transaction.commit(
          new CommitSpec("docs: update", List.of("out.txt")), new CommitOrigin(id, "changelog"));
      gitvan.locks.release(worktree, "x", true);
      var receipts = List.of(Receipts.of(id, transaction.base()));
      assertRefused(Codes.LOCK_LOST, () -> transaction.apply(receipts));
      assertThat(git.git("rev-parse", "HEAD")).isEqualTo(head);
      assertThat(git.run("notes", "--ref", "gitvan/results", "list").out()).isEmpty();
      transaction.discard();
      transaction.apply(receipts);
      assertThat(git.git("notes", "--ref", "gitvan/results", "show", head)).contains(id);
      assertThat(git.git("status", "--porcelain")).isEqualTo("?? out.txt");
    }
    try (var runs = Receipts.open(git);
        var transaction = runs.transactions.begin(worktree, false);
        var lock = gitvan.locks.acquireRef(worktree, request)) {
      var id = Receipts.id(2);
      transaction.fence(lock.name(), lock.fence().token());
      transaction.commit(
          new CommitSpec("docs: update", List.of("out.txt")), new CommitOrigin(id, "changelog"));
      transaction.apply(List.of(Receipts.of(id, transaction.base())));
      assertThat(git.git("rev-parse", "HEAD~1")).isEqualTo(head);
    }
  }

  @Test
  void releaseTakesWhatNobodyHas() {
    var lock = gitvan.locks.acquireRef(worktree, LockRequest.of("deploy", "me"));
    assertRefused(Codes.LOCK_HELD, () -> gitvan.locks.release(worktree, "deploy", false));
    var missing =
        assertRefused(Codes.LOCK_NOT_FOUND, () -> gitvan.locks.release(worktree, "depoly", false));
    assertThat(missing.getMessage()).contains("Did you mean deploy?");
    assertThat(gitvan.locks.release(worktree, "deploy", true).state()).isEqualTo(State.HELD);
    assertThat(blob("deploy")).startsWith("free\nepoch=1");
    assertRefused(
        Codes.LOCK_LOST,
        () ->
            gitvan.refs.apply(
                worktree,
                RefBatch.of(RefUpdate.create("refs/heads/fenced", head, ""))
                    .fencedBy(lock.fence())));
    // Closing it touches nobody else's.
    gitvan.locks.acquireRef(worktree, LockRequest.of("other", "me")).close();
    lock.close();
    assertThat(gitvan.locks.release(worktree, "deploy", false).state()).isEqualTo(State.FREE);
    assertThat(gitvan.locks.list(worktree))
        .extracting(LockStatus::name, LockStatus::state, LockStatus::epoch)
        .containsExactly(tuple("deploy", State.FREE, 1L), tuple("other", State.FREE, 1L));
  }

  @Test
  void aRefThatIsNoLockIsNotTaken() throws IOException {
    git.git("update-ref", "refs/gitvan/locks/odd", head);
    assertThat(gitvan.locks.list(worktree))
        .extracting(LockStatus::state)
        .containsExactly(State.UNREADABLE);
    var error =
        assertRefused(
            Codes.LOCK_HELD, () -> gitvan.locks.acquireRef(worktree, LockRequest.of("odd", "me")));
    assertThat(error.getMessage()).contains("--force");
    assertRefused(Codes.LOCK_HELD, () -> gitvan.locks.release(worktree, "odd", false));
    gitvan.locks.release(worktree, "odd", true);
    try (var lock = gitvan.locks.acquireRef(worktree, LockRequest.of("odd", "me"))) {
      assertThat(lock.epoch()).isGreaterThan(1);
    }
  }

  @Test
  void locksSurvivePackingAndCollectingGarbage() {
    try (var lock = gitvan.locks.acquireRef(worktree, LockRequest.of("x", "me"))) {
      git.git("pack-refs", "--all");
      git.git("gc", "-q", "--prune=now");
      assertThat(gitvan.locks.list(worktree))
          .extracting(LockStatus::state)
          .containsExactly(State.HELD);
      gitvan.refs.apply(
          worktree,
          RefBatch.of(RefUpdate.create("refs/heads/fenced", head, "")).fencedBy(lock.fence()));
    }
    assertThat(blob("x")).startsWith("free");
  }

  @Test
  void theIndexIsLockedForGitAndForOthers() throws Exception {
    git.write("b.txt", "1\n");
    try (var lock = gitvan.locks.acquireIndex(worktree, Duration.ZERO)) {
      assertThat(lock.isHeld()).isTrue();
      assertThat(git.run("add", "b.txt").err()).contains("index.lock");
      assertRefused(
          Codes.REPO_LOCKED, () -> gitvan.locks.acquireIndex(worktree, Duration.ofMillis(50)));
      assertRefused(
          Codes.LOCK_LOST,
          () ->
              gitvan.refs.apply(
                  worktree,
                  RefBatch.of(RefUpdate.create("refs/heads/x", head, "")).fencedBy(lock.fence())));
    }
    git.git("add", "b.txt");
    Files.writeString(git.root().resolve(".git/index.lock"), "");
    var error =
        assertRefused(
            Codes.REPO_LOCKED, () -> gitvan.locks.acquireIndex(worktree, Duration.ofMillis(50)));
    assertThat(error.getMessage()).contains("index.lock");
    assertThat(git.root().resolve(".git/index.lock")).exists();
    Files.delete(git.root().resolve(".git/index.lock"));
    gitvan.locks.acquireIndex(worktree, Duration.ZERO).close();
    assertThat(git.root().resolve(".git/index.lock")).doesNotExist();
  }

  @Test
  void locksAreSharedByWorktreesAndIndexesAreNot() {
    var linked = directory.resolve("linked");
    git.git("worktree", "add", "-q", linked.toString());
    var there = git.at(linked.toAbsolutePath()).worktree();
    try (var lock = gitvan.locks.acquireRef(worktree, LockRequest.of("x", "me"));
        var index = gitvan.locks.acquireIndex(worktree, Duration.ZERO);
        var other = gitvan.locks.acquireIndex(there, Duration.ZERO)) {
      assertRefused(
          Codes.LOCK_HELD, () -> gitvan.locks.acquireRef(there, LockRequest.of("x", "me")));
      assertThat(List.of(lock, index, other)).allMatch(Lock::isHeld);
    }
  }
}
