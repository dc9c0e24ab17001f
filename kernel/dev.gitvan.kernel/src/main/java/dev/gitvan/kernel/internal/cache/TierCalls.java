package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.config.Quantities;
import dev.gitvan.kernel.internal.Contribution;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * Calls a tier that does not guarantee that it ends, each time on a thread of its own, which works
 * for the caller's activity. It is interrupted at a time limit, and when the caller is interrupted;
 * if it does not end within a grace period it is abandoned, and the tier is quarantined. Safe for
 * any thread.
 */
final class TierCalls {
  /** A read that takes longer saves nothing. */
  private static final Duration LIMIT = Duration.ofSeconds(1);

  /** Limit of a call that lists, clears or verifies all that a tier holds. */
  private static final Duration LONG_LIMIT = Duration.ofMinutes(1);

  /** How long a call may take to return once it has been interrupted. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Contribution<CacheTier, TierLevel> tier;
  private final UnaryOperator<Runnable> carrier;
  private volatile boolean abandoned;

  /**
   * @param carrier makes work on another thread part of the caller's activity
   */
  TierCalls(Contribution<CacheTier, TierLevel> tier, UnaryOperator<Runnable> carrier) {
    this.tier = tier;
    this.carrier = carrier;
  }

  /**
   * Calls the tier.
   *
   * @throws IOException what the call threw, or that it took too long
   */
  <R> R call(Callable<R> work) throws IOException {
    return call(work, LIMIT);
  }

  /** As {@link #call}, for work on everything that the tier holds. */
  <R> R callAtLength(Callable<R> work) throws IOException {
    return call(work, LONG_LIMIT);
  }

  private <R> R call(Callable<R> work, Duration limit) throws IOException {
    if (abandoned) {
      throw new IOException("the tier " + tier.name() + " does not end");
    }
    var task = new FutureTask<>(work);
    var thread = new Thread(null, carrier.apply(task), "gitvan-cache-tier", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(TierCalls.class.getClassLoader());
    thread.start();
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (TimeoutException e) {
      end(thread);
      throw new IOException(
          "the tier " + tier.name() + " took longer than " + Quantities.format(limit), e);
    } catch (InterruptedException e) {
      end(thread);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static RuntimeException failure(Throwable cause) throws IOException {
    if (cause instanceof IOException io) {
      throw io;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(cause);
  }

  /** Interrupts a thread; abandons it and its tier when it does not end. */
  private void end(Thread thread) {
    thread.interrupt();
    boolean interrupted = false;
    long deadline = System.nanoTime() + GRACE.toNanos();
    while (thread.isAlive() && deadline - System.nanoTime() > 0) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (thread.isAlive()) {
      abandoned = true;
      tier.quarantine(
          "it did not end within " + Quantities.format(GRACE) + " after it was interrupted");
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
