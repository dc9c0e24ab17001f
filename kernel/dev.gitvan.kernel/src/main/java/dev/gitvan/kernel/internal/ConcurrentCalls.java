package dev.gitvan.kernel.internal;

import dev.gitvan.extension.Extension;
import dev.gitvan.extension.Extension.Answer;
import dev.gitvan.extension.Extension.Body;
import dev.gitvan.kernel.internal.swap.Activities;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls extensions concurrently and within a limit. Each call has a thread of its own, which ends
 * with it: nothing of a plugin stays with a pool, and one that hangs delays no other.
 */
final class ConcurrentCalls {
  private final Activities activities;
  private final Duration grace;

  /**
   * @param grace how long a call may take to return once interrupted
   */
  ConcurrentCalls(Activities activities, Duration grace) {
    this.activities = activities;
    this.grace = grace;
  }

  /** See {@link dev.gitvan.extension.ExtensionPoint#callAll}. */
  <S, D, R> List<Answer<R>> call(
      List<Extension<S, D>> extensions, Body<? super S, R> body, Duration limit) {
    var threads = Executors.newCachedThreadPool(this::thread);
    var calls = extensions.stream().map(extension -> new Call<>(extension, body)).toList();
    try {
      var results = threads.invokeAll(calls, limit.toNanos(), TimeUnit.NANOSECONDS);
      return results.stream().map(result -> answer(result, limit)).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return calls.stream().map(call -> new Answer<R>(null, e, 0)).toList();
    } finally {
      end(threads, calls);
    }
  }

  private Thread thread(Runnable work) {
    var thread = new Thread(null, activities.carry(work), "gitvan-extension", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(ConcurrentCalls.class.getClassLoader());
    return thread;
  }

  private static <R> Answer<R> answer(Future<Answer<R>> result, Duration limit) {
    try {
      return result.get();
    } catch (CancellationException e) {
      var timeout = new TimeoutException("no answer within " + limit.toMillis() + " ms");
      return new Answer<>(null, timeout, limit.toNanos());
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e); // All have ended, and a call's failure is in its answer.
    }
  }

  private void end(ExecutorService threads, List<? extends Call<?, ?, ?>> calls) {
    threads.shutdown();
    if (calls.stream().noneMatch(Call::isRunning)) {
      return;
    }
    try {
      threads.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return; // They were interrupted just now: nobody knows yet which of them are stuck.
    }
    for (var call : calls) {
      if (call.isRunning()) {
        call.extension.quarantine(
            "it did not end within "
                + grace.toMillis()
                + " ms of being interrupted, and is not called until its bundle is replaced");
      }
    }
  }

  private static final class Call<S, D, R> implements Callable<Answer<R>> {
    final Extension<S, D> extension;
    private final Body<? super S, R> body;
    private volatile boolean running;

    Call(Extension<S, D> extension, Body<? super S, R> body) {
      this.extension = extension;
      this.body = body;
    }

    boolean isRunning() {
      return running;
    }

    @Override
    public Answer<R> call() {
      running = true;
      try {
        return extension.call(body);
      } finally {
        running = false;
      }
    }
  }
}
