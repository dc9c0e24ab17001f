package dev.gitvan.kernel.internal.run;

import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * An earlier run that has the key: of this process, or of another one, whose end is seen in the
 * key's file.
 */
final class KeyedRun implements JobRun {
  private static final long POLL_MILLIS = 50;

  private final String id;
  private final JobDefinition definition;
  private final JobRun live;
  private final Supplier<Optional<Receipt>> look;

  /**
   * @param live the run when it is one of this process; else null
   * @param look how another process's run ended, if it has
   */
  KeyedRun(String id, JobDefinition definition, JobRun live, Supplier<Optional<Receipt>> look) {
    this.id = id;
    this.definition = definition;
    this.live = live;
    this.look = look;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public JobDefinition definition() {
    return live == null ? definition : live.definition();
  }

  @Override
  public boolean dryRun() {
    return false;
  }

  @Override
  public boolean existing() {
    return true;
  }

  @Override
  public Optional<Receipt> receipt() {
    return live == null ? look.get() : live.receipt();
  }

  @Override
  public Optional<Throwable> failure() {
    return live == null ? Optional.empty() : live.failure();
  }

  @Override
  public Optional<Receipt> await(Duration limit) throws InterruptedException {
    if (live != null) {
      return live.await(limit);
    }
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

  /** The run belongs to the caller that started it; later callers with the key do not end it. */
  @Override
  public void cancel(String reason) {}

  @Override
  public List<JobRun> followUps() {
    return live == null ? List.of() : live.followUps();
  }
}
