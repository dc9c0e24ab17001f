package dev.gitvan.launcher;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the command when SIGINT, SIGTERM or SIGHUP arrives.
 *
 * <p>What the command registered is run, and the command gets a while to end by itself. The exit
 * status is then 130, or 0 when the command ended well anyway (a daemon asked to stop).
 * Thread-safe.
 */
final class Interrupts {
  private final List<Runnable> actions = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Duration patience;
  private volatile int status = ExitStatus.INTERRUPTED;

  /** The command has {@code patience} to end after it was interrupted. */
  Interrupts(Duration patience) {
    this.patience = patience;
  }

  /** Registers what to do when the signal arrives; the signal's own thread runs it. */
  void onInterrupt(Runnable action) {
    actions.add(action);
  }

  /** Declares the command and the framework ended: there is nothing left to interrupt. */
  void end(int commandStatus) {
    status = commandStatus;
    ended.countDown();
  }

  /** Whether {@link #end} was called. */
  boolean isEnded() {
    return ended.getCount() == 0;
  }

  /** Interrupts the command, waits for its end, and returns the exit status of the process. */
  int interrupt() {
    for (Runnable action : actions) {
      try {
        action.run();
      } catch (RuntimeException e) {
        // The process ends in any case.
      }
    }
    if (!actions.isEmpty() && awaitEnd() && status == 0) {
      return 0;
    }
    return ExitStatus.INTERRUPTED;
  }

  private boolean awaitEnd() {
    try {
      return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
