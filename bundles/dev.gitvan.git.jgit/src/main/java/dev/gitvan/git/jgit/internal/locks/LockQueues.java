package dev.gitvan.git.jgit.internal.locks;

import dev.gitvan.repository.RepositoryId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The threads of this process that want the same lock, in the order in which they came; only the
 * first of them asks the repository. Safe for any thread.
 */
final class LockQueues {
  private final Map<Key, Queue> queues = new HashMap<>();

  /** A lock of a repository. */
  record Key(RepositoryId repository, String name) {}

  private static final class Queue {
    private final Semaphore first = new Semaphore(1, true);
    private int threads;
  }

  /** Waits to be the first; false when that takes longer. */
  boolean enter(Key key, Duration patience) throws InterruptedException {
    Queue queue;
    synchronized (queues) {
      queue = queues.computeIfAbsent(key, k -> new Queue());
      queue.threads++;
    }
    boolean entered = false;
    try {
      entered = queue.first.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
      return entered;
    } finally {
      if (!entered) {
        forget(key, queue);
      }
    }
  }

  /** Lets the next one in. Whichever thread it calls. */
  void leave(Key key) {
    Queue queue;
    synchronized (queues) {
      queue = queues.get(key);
    }
    queue.first.release();
    forget(key, queue);
  }

  private void forget(Key key, Queue queue) {
    synchronized (queues) {
      queue.threads--;
      if (queue.threads == 0) {
        queues.remove(key);
      }
    }
  }
}
