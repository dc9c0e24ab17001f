package dev.gitvan.shell.internal.verbs;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.Receipt;
import java.time.Duration;

/**
 * Waits for a run's end, but not forever: a run that does not end after it was cancelled, or long
 * after its deadline, is given up, and the process ends around it.
 */
final class RunWaiter {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration GRACE_AFTER_CANCEL = Duration.ofSeconds(5);
  private static final Duration GRACE_AFTER_DEADLINE = Duration.ofSeconds(15);

  private final JobRun run;
  private final RunPrinter printer;
  private volatile long cancelled;

  RunWaiter(JobRun run, RunPrinter printer) {
    this.run = run;
    this.printer = printer;
  }

  /** Ctrl-C: cancels the run. */
  void interrupt() {
    if (cancelled == 0) {
      cancelled = System.nanoTime();
      run.cancel("interrupted");
    }
  }

  /**
   * Waits.
   *
   * @throws GitVanException {@code INTERRUPTED} or {@code TIMEOUT} when the run is given up
   */
  Receipt await() {
    while (true) {
      try {
        var receipt = run.await(TICK);
        if (receipt.isPresent()) {
          return receipt.get();
        }
      } catch (InterruptedException e) {
        interrupt();
      }
      printer.tick();
      if (cancelled != 0 && passed(cancelled, GRACE_AFTER_CANCEL)) {
        throw givenUp(Codes.INTERRUPTED, "interrupted, but the job did not stop");
      }
      if (printer.isOverdue(run, GRACE_AFTER_DEADLINE)) {
        throw givenUp(Codes.TIMEOUT, "the job did not stop at its deadline");
      }
    }
  }

  private GitVanException givenUp(ErrorCode code, String what) {
    printer.clear();
    return GitVanException.of(code, run.order().job(), what, "No ref was moved.");
  }

  private static boolean passed(long since, Duration time) {
    return System.nanoTime() - since > time.toNanos();
  }
}
