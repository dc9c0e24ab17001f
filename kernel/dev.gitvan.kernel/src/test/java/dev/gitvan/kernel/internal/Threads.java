package dev.gitvan.kernel.internal;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Threads of tests that wait for something. */
public final class Threads {
  private Threads() {}

  /**
   * Work on a thread of its own.
   *
   * @param thread that does it
   * @param result what it returned, or how it failed
   */
  public record Started<R>(Thread thread, CompletableFuture<R> result) {
    /** Returns when the thread waits for somebody, and so has no result yet. */
    public Started<R> awaitBlocked() {
      while (thread.getState() != Thread.State.WAITING) {
        if (result.isDone()) {
          throw new AssertionError("it did not wait: " + result);
        }
        Thread.yield();
      }
      return this;
    }

    /** What it returned; a timeout of the test interrupts the wait. */
    public R join() throws ExecutionException, InterruptedException {
      return result.get();
    }
  }

  /** Starts work on a thread of its own. */
  public static <R> Started<R> start(Callable<R> work) {
    var result = new CompletableFuture<R>();
    var thread =
        new Thread(
            () -> {
              try {
                result.complete(work.call());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return new Started<>(thread, result);
  }
}
