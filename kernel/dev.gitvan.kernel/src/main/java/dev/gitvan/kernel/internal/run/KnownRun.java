package dev.gitvan.kernel.internal.run;

import dev.gitvan.job.JobOrder;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunState;
import dev.gitvan.job.StoredRun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A run that is known from the run store only: it has ended, or another process has accepted it, so
 * that its end is seen in the store.
 */
final class KnownRun implements JobRun {
  private static final long POLL_MILLIS = 50;

  private final StoredRun first;
  private final boolean existing;
  private final Supplier<StoredRun> look;

  /**
   * @param existing whether it is the answer to an order with its key
   * @param look what the store has of it now
   */
  KnownRun(StoredRun first, boolean existing, Supplier<StoredRun> look) {
    this.first = first;
    this.existing = existing;
    this.look = look;
  }

  private StoredRun now() {
    return first.state() == RunState.ENDED ? first : look.get();
  }

  @Override
  public String id() {
    return first.id();
  }

  @Override
  public JobOrder order() {
    return first.order();
  }

  @Override
  public RunState state() {
    return now().state();
  }

  @Override
  public boolean existing() {
    return existing;
  }

  @Override
  public Optional<Receipt> receipt() {
    return now().receipt();
  }

  @Override
  public Optional<Receipt> await(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      var receipt = receipt();
      long left = end - System.nanoTime();
      if (receipt.isPresent() || left <= 0) {
        return receipt;
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS)));
    }
  }

  @Override
  public boolean cancel(String reason) {
    return false;
  }

  @Override
  public List<JobRun> followUps() {
    return List.of();
  }
}
