package dev.gitvan.git.jgit.internal.locks;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that renew leases; there are none while nothing is held. */
final class Renewals implements AutoCloseable {
  /** One repository that does not answer must not cost another one's lease. */
  private static final int THREADS = 4;

  private final ScheduledThreadPoolExecutor threads;

  Renewals() {
    threads =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              var thread = new Thread(task, "gitvan-lock-renewal");
              thread.setDaemon(true);
              return thread;
            });
    threads.setRemoveOnCancelPolicy(true);
    threads.setKeepAliveTime(5, TimeUnit.SECONDS);
    threads.allowCoreThreadTimeOut(true);
  }

  /** Calls a task again and again, until it is cancelled. */
  Future<?> every(Duration period, Runnable task) {
    long nanos = period.toNanos();
    return threads.scheduleWithFixedDelay(task, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
