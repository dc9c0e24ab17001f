package dev.gitvan.git.jgit.internal.locks;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.Fence;
import dev.gitvan.git.Lock;
import dev.gitvan.git.jgit.internal.refs.LockRecord;
import dev.gitvan.git.jgit.internal.refs.LockRef;
import dev.gitvan.repository.WorktreeId;
import java.time.Instant;
import java.util.concurrent.Future;

/**
 * A lock that is a ref. Once its lease has expired it is lost for good, even if nobody else has
 * taken it: what is written afterwards would depend on luck.
 */
final class HeldLock implements Lock {
  private static final System.Logger LOG = System.getLogger(HeldLock.class.getName());

  private final LockStore store;
  private final WorktreeId worktree;
  private final String name;
  private final Runnable ended;
  private LockStore.Seen seen;
  private long renewed;
  private boolean lost;
  private boolean closed;
  private Future<?> renewal;

  /**
   * @param acquired when its lease began, a {@link System#nanoTime}
   * @param ended called once, when it is held no longer
   */
  HeldLock(
      LockStore store,
      WorktreeId worktree,
      String name,
      LockStore.Seen seen,
      long acquired,
      Runnable ended) {
    this.store = store;
    this.worktree = worktree;
    this.name = name;
    this.seen = seen;
    this.renewed = acquired;
    this.ended = ended;
  }

  /** Stops the renewal when the lock is held no longer. */
  synchronized void renewedBy(Future<?> task) {
    renewal = task;
    if (closed || lost) {
      task.cancel(false);
    }
  }

  private LockRecord record() {
    return seen.record().orElseThrow();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized long epoch() {
    return record().epoch();
  }

  @Override
  public synchronized Fence fence() {
    return new Fence(name, record().token());
  }

  @Override
  public synchronized boolean isHeld() {
    return !closed && !lost && !hasPassed();
  }

  private boolean hasPassed() {
    return System.nanoTime() - renewed >= record().lease().toNanos()
        || Instant.now().isAfter(record().expires());
  }

  @Override
  public void check() {
    if (!isHeld()) {
      throw LockRef.lost(name, store.read(worktree, name).record().orElse(null));
    }
  }

  /** Prolongs the lease, or finds that the lock is lost. */
  synchronized void renew() {
    if (closed || lost) {
      return;
    }
    if (hasPassed()) {
      lose();
      return;
    }
    long start = System.nanoTime();
    try {
      var next = record().renewed(Instant.now());
      var moved = store.move(worktree, name, seen.id(), next);
      if (moved.isEmpty()) {
        lose();
      } else {
        seen = moved.get();
        renewed = start;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (GitVanException e) {
      // Tried again before the lease has passed.
      LOG.log(System.Logger.Level.WARNING, "lock " + name + " was not renewed: " + e.getMessage());
    }
  }

  private void lose() {
    lost = true;
    end();
    LOG.log(System.Logger.Level.WARNING, "lock " + name + " was lost");
  }

  private void end() {
    if (renewal != null) {
      renewal.cancel(false);
    }
    ended.run();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (lost) {
      return;
    }
    // A cancelled run releases its locks.
    boolean interrupted = Thread.interrupted();
    try {
      store.move(worktree, name, seen.id(), record().released(Instant.now()));
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (GitVanException e) {
      LOG.log(System.Logger.Level.WARNING, "lock " + name + " was not released: " + e.getMessage());
    } finally {
      end();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
