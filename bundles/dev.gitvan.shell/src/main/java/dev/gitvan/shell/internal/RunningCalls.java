package dev.gitvan.shell.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The calls of verbs that have begun and not ended. Safe for any thread. */
final class RunningCalls {
  private final List<Thread> threads = new ArrayList<>();

  /** A call that runs in the current thread. */
  interface Running extends AutoCloseable {
    /** The call has ended. */
    @Override
    void close();
  }

  /** Notes that the current thread runs a call. */
  synchronized Running begin() {
    var thread = Thread.currentThread();
    threads.add(thread);
    return () -> end(thread);
  }

  private synchronized void end(Thread thread) {
    threads.remove(thread);
    notifyAll();
  }

  /** Interrupts all calls but the current thread's, and waits until they have ended, bounded. */
  synchronized void endOthers(Duration patience) throws InterruptedException {
    threads.stream().filter(RunningCalls::isOther).forEach(Thread::interrupt);
    long end = System.nanoTime() + patience.toNanos();
    while (threads.stream().anyMatch(RunningCalls::isOther)) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private static boolean isOther(Thread thread) {
    return thread != Thread.currentThread();
  }
}
