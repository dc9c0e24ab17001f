package dev.gitvan.itests.cli;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another process does. */
final class Await {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final long PAUSE_NANOS = 10_000_000;

  private Await() {}

  /** Waits for a condition; when it does not come true, fails and reports what there is instead. */
  static void until(String what, BooleanSupplier condition, Supplier<String> instead) {
    if (!quietly(LIMIT, condition)) {
      throw new AssertionError("not within " + LIMIT + ": " + what + "\n" + instead.get());
    }
  }

  /** Waits for a condition; returns whether it came true. */
  static boolean quietly(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }
}
