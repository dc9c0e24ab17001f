package dev.gitvan.kernel.internal.run;

import dev.gitvan.config.Configuration;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobOrder;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.Priority;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunState;
import dev.gitvan.job.StoredRun;
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
  /**
   * What an order means at the time.
   *
   * @param configuration the same for the whole run and the runs called within
   * @param given the order's inputs
   * @param inputs the definition's defaults, overridden by the order's
   */
  record Plan(
      Configuration configuration,
      JobCatalog.Entry job,
      Map<String, Object> given,
      Map<String, Object> inputs) {
    /**
     * @param given the order's inputs
     * @throws dev.gitvan.diagnostics.GitVanException {@code JOB_INPUT_INVALID}, {@code
     *     PAYLOAD_TOO_LARGE}, {@code PAYLOAD_TOO_DEEP}
     */
    static Plan of(Configuration configuration, JobCatalog.Entry job, Map<String, Object> given) {
      return new Plan(configuration, job, given, Inputs.merge(job.definition(), given));
    }
  }

  private final Activity activity;
  private final Events events;
  private final Consumer<LiveRun> onCancel;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final long accepted = System.nanoTime();
  private volatile StoredRun stored;
  private volatile Plan plan;
  private volatile boolean recorded;
  private volatile Throwable failure;
  private volatile List<JobRun> followUps = List.of();
  private String cancelReason;
  private Runnable canceller;

  /**
   * @param activity that ends with the run; null when the run is part of another's
   * @param onCancel called once when the run is cancelled, after the canceller in force
   */
  LiveRun(
      StoredRun accepted, Activity activity, Plan plan, Events events, Consumer<LiveRun> onCancel) {
    this.stored = accepted;
    this.activity = activity;
    this.events = events;
    this.onCancel = onCancel;
    adopt(plan);
  }

  @Override
  public String id() {
    return stored.id();
  }

  /** The order, with its secret inputs masked: {@link Plan#given} has them. */
  @Override
  public JobOrder order() {
    return stored.order();
  }

  /** As a run store keeps it: without the values of secret inputs. */
  StoredRun stored() {
    return stored;
  }

  Activity activity() {
    return activity;
  }

  Events events() {
    return events;
  }

  Plan plan() {
    return plan;
  }

  JobDefinition definition() {
    return plan.job().definition();
  }

  /** The inputs for everyone but the job. */
  Map<String, Object> maskedInputs() {
    return events.masks().inputs(definition(), plan.inputs());
  }

  /** Goes on with the job as another version of its bundle has it. */
  void adopt(Plan replacement) {
    plan = replacement;
    var definition = definition();
    events.masks().addSecrets(definition, plan.inputs());
    var inputs = Masks.declared(definition, order().inputs());
    stored = stored.withOrder(order().toBuilder().inputs(inputs).build());
  }

  Priority priority() {
    return order().priority().orElseGet(() -> definition().priority());
  }

  /** Limit of one attempt. */
  Duration timeout() {
    return order().timeout().orElseGet(() -> definition().timeout());
  }

  /** Nanoseconds since it was accepted. */
  long age() {
    return System.nanoTime() - accepted;
  }

  /** It has left the queue. */
  void start() {
    stored = stored.started();
  }

  @Override
  public RunState state() {
    return stored.state();
  }

  @Override
  public boolean existing() {
    return false;
  }

  @Override
  public Optional<Receipt> receipt() {
    return stored.receipt();
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
  public boolean cancel(String reason) {
    synchronized (this) {
      if (state() == RunState.ENDED) {
        return false;
      }
      if (cancelReason != null) {
        return true;
      }
      cancelReason = reason == null || reason.isBlank() ? "cancelled" : reason;
      if (canceller != null) {
        canceller.run();
      }
    }
    onCancel.accept(this);
    return true;
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
    failure = events.masks().thrown(cause);
  }

  /**
   * Says what it ended with; {@link #end} notifies those who wait.
   *
   * @param inGit whether the receipt is written
   */
  void record(Receipt last, boolean inGit) {
    recorded = inGit;
    stored = stored.ended(last);
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
