package dev.gitvan.kernel.internal.cache;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A key being loaded, and what those who wait for it will get. */
final class Load<V> {
  /** What will be kept; marked stale when the key is invalidated meanwhile. */
  final Held<V> held = new Held<>();

  private final Thread owner = Thread.currentThread();
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile Throwable failure;
  private volatile boolean found;

  void succeed() {
    found = true;
    done.countDown();
  }

  /** Ends without a value: who waits looks again. */
  void nothing() {
    done.countDown();
  }

  void fail(Throwable why) {
    failure = why;
    done.countDown();
  }

  /**
   * Waits for another thread's load.
   *
   * @param waiting which thread waits for which load, to see circles
   * @return whether {@link #held} has the value; false when the caller is to look again
   * @throws IllegalStateException when that load waits, in the end, for this thread
   */
  boolean await(Map<Thread, Load<?>> waiting, String cache) throws Exception {
    var self = Thread.currentThread();
    waiting.put(self, this);
    try {
      for (Load<?> load = this; load != null; load = waiting.get(load.owner)) {
        if (load.owner == self) {
          throw new IllegalStateException("cache " + cache + ": recursive load of a value");
        }
      }
      done.await();
    } finally {
      waiting.remove(self);
    }
    if (failure == null) {
      return found;
    }
    if (isOwnersAlone(failure)) {
      return false;
    }
    if (failure instanceof Exception exception) {
      throw exception;
    }
    throw (Error) failure;
  }

  /** Whether a failure says something about the loading thread, not about the value. */
  private static boolean isOwnersAlone(Throwable failure) {
    return failure instanceof InterruptedException
        || failure instanceof GitVanException known
            && (known.code().equals(Codes.INTERRUPTED) || known.code().equals(Codes.TIMEOUT));
  }
}
