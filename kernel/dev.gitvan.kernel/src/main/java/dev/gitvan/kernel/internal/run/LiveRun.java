package dev.gitvan.kernel.internal.run;

import dev.gitvan.config.Configuration;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobRequest;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.Priority;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.Trigger;
import dev.gitvan.kernel.internal.job.JobCatalog;
import dev.gitvan.kernel.internal.swap.Activity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A run of this process: one that was submitted, or one that another called. */
final class LiveRun implements JobRun {
  private final String id;
  private final Activity activity;
  private final JobRequest request;
  private final Trigger trigger;
  private final Configuration configuration;
  private final Consumer<LiveRun> onCancel;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final long accepted = System.nanoTime();
  private volatile JobCatalog.Entry job;
  private volatile Map<String, Object> inputs;
  private volatile Receipt receipt;
  private volatile boolean recorded;
  private volatile Throwable failure;
  private volatile List<JobRun> followUps = List.of();
  private String cancelReason;
  private Runnable canceller;

  /**
   * @param activity that ends with the run; null when the run is part of another's
   * @param request what was submitted, also for the runs called within
   * @param trigger this run's own
   * @param configuration the same for the whole run and the runs called within; null for a run that
   *     only has a receipt
   * @param onCancel called once when the run is cancelled, after the canceller in force
   */
  LiveRun(
      String id,
      Activity activity,
      JobRequest request,
      Trigger trigger,
      Configuration configuration,
      JobCatalog.Entry job,
      Map<String, Object> inputs,
      Consumer<LiveRun> onCancel) {
    this.id = id;
    this.activity = activity;
    this.request = request;
    this.trigger = trigger;
    this.configuration = configuration;
    this.job = job;
    this.inputs = inputs;
    this.onCancel = onCancel;
  }

  @Override
  public String id() {
    return id;
  }

  Activity activity() {
    return activity;
  }

  JobRequest request() {
    return request;
  }

  Trigger trigger() {
    return trigger;
  }

  Configuration configuration() {
    return configuration;
  }

  JobCatalog.Entry job() {
    return job;
  }

  Map<String, Object> inputs() {
    return inputs;
  }

  /** Goes on with the job as another version of its bundle has it. */
  void adopt(JobCatalog.Entry replacement, Map<String, Object> merged) {
    job = replacement;
    inputs = merged;
  }

  Priority priority() {
    return request.priority() == null ? definition().priority() : request.priority();
  }

  /** Limit of one attempt. */
  Duration timeout() {
    return request.timeout() == null ? definition().timeout() : request.timeout();
  }

  /** Nanoseconds since it was accepted. */
  long age() {
    return System.nanoTime() - accepted;
  }

  @Override
  public JobDefinition definition() {
    return job.definition();
  }

  @Override
  public boolean dryRun() {
    return request.dryRun();
  }

  @Override
  public boolean existing() {
    return false;
  }

  @Override
  public Optional<Receipt> receipt() {
    return Optional.ofNullable(receipt);
  }

  @Override
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public Optional<Receipt> await(Duration limit) throws InterruptedException {
    return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS) ? receipt() : Optional.empty();
  }

  @Override
  public void cancel(String reason) {
    synchronized (this) {
      if (cancelReason != null) {
        return;
      }
      cancelReason = reason == null || reason.isBlank() ? "cancelled" : reason;
      if (canceller != null) {
        canceller.run();
      }
    }
    onCancel.accept(this);
  }

  /** Why it was cancelled; null when it was not. */
  synchronized String cancelReason() {
    return cancelReason;
  }

  /**
   * Says how to stop what the run does now; null: it cannot be. Called at once if the run was
   * cancelled, and never after it was replaced.
   *
   * @param stop the runner's own code, as it is called under the lock
   */
  synchronized void cancelBy(Runnable stop) {
    canceller = stop;
    if (stop != null && cancelReason != null) {
      stop.run();
    }
  }

  @Override
  public List<JobRun> followUps() {
    return followUps;
  }

  void followedBy(List<JobRun> runs) {
    followUps = List.copyOf(runs);
  }

  void failed(Throwable cause) {
    failure = cause;
  }

  /**
   * Says what it ended with; {@link #end} notifies those who wait.
   *
   * @param inGit whether the receipt is written
   */
  void record(Receipt last, boolean inGit) {
    receipt = last;
    recorded = inGit;
  }

  @Override
  public boolean isRecorded() {
    return recorded;
  }

  void end() {
    if (activity != null) {
      activity.close();
    }
    ended.countDown();
  }
}
