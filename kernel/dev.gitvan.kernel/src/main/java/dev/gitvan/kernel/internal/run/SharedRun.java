package dev.gitvan.kernel.internal.run;

import dev.gitvan.job.JobOrder;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A run of this process, as the answer to a later order with its key. It belongs to the caller that
 * started it: this one can wait for it, but not end it.
 */
final class SharedRun implements JobRun {
  private final JobRun run;

  SharedRun(JobRun run) {
    this.run = run;
  }

  @Override
  public String id() {
    return run.id();
  }

  @Override
  public JobOrder order() {
    return run.order();
  }

  @Override
  public RunState state() {
    return run.state();
  }

  @Override
  public boolean existing() {
    return true;
  }

  @Override
  public Optional<Receipt> receipt() {
    return run.receipt();
  }

  @Override
  public boolean isRecorded() {
    return run.isRecorded();
  }

  @Override
  public Optional<Throwable> failure() {
    return run.failure();
  }

  @Override
  public Optional<Receipt> await(Duration limit) throws InterruptedException {
    return run.await(limit);
  }

  @Override
  public boolean cancel(String reason) {
    return false;
  }

  @Override
  public List<JobRun> followUps() {
    return run.followUps();
  }
}
