package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/** Calls of contributions in the situations in which a host calls them. */
final class HostCalls {
  private static final int THREADS = 8;
  private static final int TRIES = 3;
  private static final long PATIENCE_MILLIS = 5_000;

  private HostCalls() {}

  /** Results of as many calls at once as there are threads; fails as the first call that fails. */
  static <R> List<R> concurrently(Callable<R> call) throws Exception {
    var threads = Executors.newFixedThreadPool(THREADS, HostCalls::daemon);
    try {
      var calls = new ArrayList<Callable<R>>();
      for (int i = 0; i < THREADS; i++) {
        calls.add(call);
      }
      var results = new ArrayList<R>();
      for (Future<R> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("a call failed", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Fails unless a call on an interrupted thread returns or throws soon. */
  static void assertEndsWhenInterrupted(Callable<?> call) throws InterruptedException {
    assertEndsSoon(
        () -> {
          Thread.currentThread().interrupt();
          return call.call();
        });
  }

  /** Fails unless a call returns or throws an exception soon; an error is its own. */
  static void assertEndsSoon(Callable<?> call) throws InterruptedException {
    var error = new AtomicReference<Error>();
    var thread =
        daemon(
            () -> {
              try {
                call.call();
              } catch (Exception e) {
                // An exception is an end, too.
              } catch (Error e) {
                error.set(e);
              }
            });
    thread.start();
    thread.join(PATIENCE_MILLIS);
    assertThat(thread.isAlive()).as("still runs").isFalse();
    if (error.get() != null) {
      throw error.get();
    }
  }

  /** Fails unless a call returns within a limit; on a busy machine one of three is enough. */
  static void assertReturnsWithin(Duration limit, Callable<?> call) throws Exception {
    var fastest = Duration.ofNanos(Long.MAX_VALUE);
    for (int i = 0; i < TRIES && fastest.compareTo(limit) > 0; i++) {
      long start = System.nanoTime();
      call.call();
      var time = Duration.ofNanos(System.nanoTime() - start);
      fastest = time.compareTo(fastest) < 0 ? time : fastest;
    }
    assertThat(fastest).isLessThanOrEqualTo(limit);
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "contract");
    thread.setDaemon(true);
    return thread;
  }
}
