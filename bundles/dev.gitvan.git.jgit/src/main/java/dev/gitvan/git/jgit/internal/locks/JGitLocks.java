package dev.gitvan.git.jgit.internal.locks;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.extension.spi.GitVanSharedService;
import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.git.GitLocks;
import dev.gitvan.git.Lock;
import dev.gitvan.git.LockRequest;
import dev.gitvan.git.LockStatus;
import dev.gitvan.git.LockStatus.State;
import dev.gitvan.git.jgit.internal.refs.Failpoint;
import dev.gitvan.git.jgit.internal.refs.LockRecord;
import dev.gitvan.git.jgit.internal.refs.OwnLock;
import dev.gitvan.git.jgit.internal.refs.Recovery;
import dev.gitvan.git.jgit.internal.refs.SharedPermissions;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Locks as refs below {@code refs/gitvan/locks/}, and Git's lock of an index. */
@Component(service = SharedService.class)
@GitVanSharedService(type = GitLocks.class)
public final class JGitLocks implements GitLocks, SharedService {
  private final Repositories repositories;
  private final Metrics metrics;
  private final LockStore store;
  private final LockQueues queues = new LockQueues();
  private final Renewals renewals = new Renewals();
  private final Set<HeldLock> held = ConcurrentHashMap.newKeySet();

  @Activate
  public JGitLocks(@Reference Repositories repositories, @Reference Metrics metrics) {
    this(repositories, metrics, Failpoint.ofProcess());
  }

  /**
   * @param failpoint where a test ends the process
   */
  public JGitLocks(Repositories repositories, Metrics metrics, Failpoint failpoint) {
    this.repositories = repositories;
    this.metrics = metrics;
    this.store = new LockStore(repositories, failpoint);
  }

  /** Releases what is held, so that nobody has to wait for leases to pass. */
  @Deactivate
  public void close() {
    renewals.close();
    held.forEach(HeldLock::close);
  }

  @Override
  public Lock acquireRef(WorktreeId worktree, LockRequest request) {
    long start = System.nanoTime();
    var key = new LockQueues.Key(worktree.repository(), request.name());
    try {
      if (!queues.enter(key, request.patience())) {
        throw held(request.name(), store.read(worktree, request.name()));
      }
      boolean acquired = false;
      try {
        var lock = acquire(worktree, request, key, start);
        acquired = true;
        return lock;
      } finally {
        if (!acquired) {
          queues.leave(key);
        }
      }
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      metrics.recorder(Operation.LOCK_WAIT).since(start);
      repositories.debug().waited("lock " + request.name(), System.nanoTime() - start);
    }
  }

  private Lock acquire(WorktreeId worktree, LockRequest request, LockQueues.Key key, long start)
      throws InterruptedException {
    var takeover = new Takeover(Instant::now, System::nanoTime);
    var pause = new Pause();
    while (true) {
      var seen = store.read(worktree, request.name());
      if (takeover.isAllowed(seen)) {
        long began = System.nanoTime();
        var next =
            seen.record()
                .orElseThrow()
                .acquired(
                    UUID.randomUUID().toString(), request.owner(), request.lease(), Instant.now());
        var moved = store.move(worktree, request.name(), seen.id(), next);
        if (moved.isPresent()) {
          return hold(worktree, request, key, moved.get(), began);
        }
      } else if (System.nanoTime() - start >= request.patience().toNanos()) {
        throw held(request.name(), seen);
      } else {
        pause.sleep(request.patience().toNanos() - (System.nanoTime() - start));
      }
    }
  }

  private Lock hold(
      WorktreeId worktree,
      LockRequest request,
      LockQueues.Key key,
      LockStore.Seen seen,
      long began) {
    var holder = new HeldLock[1];
    var lock =
        new HeldLock(
            store,
            worktree,
            request.name(),
            seen,
            began,
            () -> {
              held.remove(holder[0]);
              queues.leave(key);
            });
    holder[0] = lock;
    held.add(lock);
    lock.renewedBy(renewals.every(request.lease().dividedBy(3), lock::renew));
    return lock;
  }

  /** Grows from a few milliseconds, so that a short wait stays short and a long one is cheap. */
  private static final class Pause {
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(100);
    private long next = TimeUnit.MILLISECONDS.toNanos(2);

    void sleep(long atMost) throws InterruptedException {
      long nanos = ThreadLocalRandom.current().nextLong(next / 2, next);
      TimeUnit.NANOSECONDS.sleep(Math.max(1, Math.min(nanos, atMost)));
      next = Math.min(2 * next, LONGEST);
    }
  }

  @Override
  public Lock acquireIndex(WorktreeId worktree, Duration patience) {
    if (worktree.isBare()) {
      throw GitVanException.of(
          Codes.REPO_BARE,
          worktree.toString(),
          "a bare repository has no index",
          "Run it in a worktree: `git worktree add DIR`.");
    }
    long start = System.nanoTime();
    var index = worktree.gitDir().resolve("index");
    var key = new LockQueues.Key(worktree.repository(), index.toString());
    try {
      if (!queues.enter(key, patience)) {
        throw OwnLock.busy(index);
      }
      boolean acquired = false;
      try {
        var left = patience.minusNanos(System.nanoTime() - start);
        var lock = new HeldIndex(index(worktree, index, left), () -> queues.leave(key));
        acquired = true;
        return lock;
      } finally {
        if (!acquired) {
          queues.leave(key);
        }
      }
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      metrics.recorder(Operation.LOCK_WAIT).since(start);
      repositories.debug().waited(index.toString(), System.nanoTime() - start);
    }
  }

  private OwnLock index(WorktreeId worktree, Path index, Duration patience) {
    var opened = repositories.open(worktree);
    try (var repository = opened.repository()) {
      var permissions = SharedPermissions.of(opened.settings());
      var recovery = new Recovery(worktree.repository(), permissions);
      return OwnLock.of(index, recovery, patience);
    } catch (IOException e) {
      throw GitFailure.of(e, index.toString());
    }
  }

  @Override
  public List<LockStatus> list(WorktreeId worktree) {
    return store.list(worktree).entrySet().stream()
        .map(entry -> status(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static LockStatus status(String name, LockStore.Seen seen) {
    if (seen.record().isEmpty()) {
      return LockStatus.builder(name, State.UNREADABLE).build();
    }
    var record = seen.record().get();
    var status =
        LockStatus.builder(name, state(record))
            .epoch(record.epoch())
            .owner(record.owner())
            .since(record.since());
    if (record.isHeld()) {
      status.host(record.process().host()).pid(record.process().pid()).expires(record.expires());
    }
    return status.build();
  }

  private static State state(LockRecord record) {
    if (!record.isHeld()) {
      return State.FREE;
    }
    return Takeover.isOver(record, Instant.now()) ? State.EXPIRED : State.HELD;
  }

  @Override
  public LockStatus release(WorktreeId worktree, String name, boolean force) {
    try {
      while (true) {
        var seen = store.read(worktree, name);
        if (seen.id() == null) {
          throw notFound(worktree, name);
        }
        var status = status(name, seen);
        if (status.state() == State.FREE) {
          return status;
        }
        if (!force && status.state() != State.EXPIRED) {
          throw held(name, seen);
        }
        // What cannot be read has no epoch; the time is larger than any that was counted.
        var record =
            seen.record().orElseGet(() -> LockRecord.NEVER.withEpoch(System.currentTimeMillis()));
        if (store.move(worktree, name, seen.id(), record.released(Instant.now())).isPresent()) {
          return status;
        }
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private GitVanException notFound(WorktreeId worktree, String name) {
    var names = store.list(worktree).keySet();
    return GitVanException.of(
        Codes.LOCK_NOT_FOUND,
        name,
        "there is no such lock",
        Nearest.sentence(name, names, "See gitvan lock list."));
  }

  private static GitVanException held(String name, LockStore.Seen seen) {
    if (seen.record().isEmpty()) {
      return GitVanException.of(
          Codes.LOCK_HELD,
          name,
          "its ref does not point to a lock record",
          "If it is not needed, run gitvan lock release " + name + " --force.");
    }
    var record = seen.record().get();
    var who =
        !record.isHeld()
            ? "another thread of this process got it first"
            : "%s (process %d on %s) has held it since %s; the lease expires at %s"
                .formatted(
                    record.owner().isEmpty() ? "another owner" : record.owner(),
                    record.process().pid(),
                    record.process().host(),
                    seconds(record.since()),
                    seconds(record.expires()));
    return GitVanException.of(
        Codes.LOCK_HELD,
        name,
        who,
        "Wait for it, or release it with gitvan lock release " + name + " --force.");
  }

  private static Instant seconds(Instant instant) {
    return instant.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
  }

  private static GitVanException interrupted() {
    Thread.currentThread().interrupt();
    return GitVanException.of(Codes.INTERRUPTED, "", "cancelled while waiting for a lock", "");
  }
}
