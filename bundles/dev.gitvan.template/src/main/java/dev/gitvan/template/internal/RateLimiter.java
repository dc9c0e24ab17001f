package dev.gitvan.template.internal;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets bytes pass at a rate, in the order in which they come: a token bucket that is empty at first
 * and holds what is let pass in {@value #SAVED_MILLIS} ms. An interrupted thread gives back what it
 * waited for. Safe for any thread.
 */
final class RateLimiter {
  private static final long SAVED_MILLIS = 100;
  private static final long SAVED_NANOS = TimeUnit.MILLISECONDS.toNanos(SAVED_MILLIS);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier clock;
  private final Sleep sleep;

  /** When everything that was asked for until now has passed. */
  private long passed;

  RateLimiter() {
    this(System::nanoTime, TimeUnit.NANOSECONDS::sleep);
  }

  /**
   * @param clock nanoseconds, of which only differences count
   */
  RateLimiter(LongSupplier clock, Sleep sleep) {
    this.clock = clock;
    this.sleep = sleep;
    this.passed = clock.getAsLong();
  }

  /** Waits for nanoseconds, or less. */
  @FunctionalInterface
  interface Sleep {
    void sleep(long nanos) throws InterruptedException;
  }

  /**
   * Waits until bytes may pass.
   *
   * @param rate bytes per second; callers may have different ones
   * @return how long that was, in nanoseconds; 0 when it was not necessary
   */
  long acquire(int bytes, long rate) throws InterruptedException {
    long start = clock.getAsLong();
    long cost = (bytes * SECOND + rate - 1) / rate;
    long turn = reserve(start, cost);
    if (turn - start <= 0) {
      return 0;
    }
    boolean waited = false;
    try {
      for (long left = turn - start; left > 0; left = turn - clock.getAsLong()) {
        sleep.sleep(left);
      }
      waited = true;
    } finally {
      if (!waited) {
        giveBack(cost);
      }
    }
    return clock.getAsLong() - start;
  }

  private synchronized long reserve(long now, long cost) {
    long full = now - SAVED_NANOS;
    passed = (passed - full < 0 ? full : passed) + cost;
    return passed;
  }

  private synchronized void giveBack(long cost) {
    passed -= cost;
  }
}
