package dev.gitvan.kernel.internal.run;

import dev.gitvan.config.Quantities;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.extension.Extension.Answer;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.Deadline;
import dev.gitvan.job.JobOrder;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.RunStatus;
import dev.gitvan.job.StepStatus;
import dev.gitvan.job.StoredRun;
import dev.gitvan.job.Trigger;
import dev.gitvan.job.spi.JobResult;
import dev.gitvan.job.spi.StagingNeed;
import dev.gitvan.kernel.internal.job.JobBody;
import dev.gitvan.kernel.internal.job.JobCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One attempt of a run: the job's body on a thread of its own, under a {@link Watch}. The thread
 * ends with the attempt, so that nothing a plugin left in it stays; a body that does not end keeps
 * the thread and loses everything else.
 */
final class Attempt {
  /** A run called within the attempt, and how it ended. */
  record Called(Frame frame, Outcome outcome, Instant finished) {}

  private final Surroundings around;
  private final LiveRun root;
  private final int number;
  private final Instant now;
  private final GuardedTransaction transaction;
  private final Drafts drafts;
  private final Watch watch;
  private final Frame frame;
  private final List<Called> called = new ArrayList<>();
  private volatile Frame innermost;
  private volatile boolean over;
  private volatile Problem spoiled;
  private volatile Answer<JobResult> answer;

  /**
   * @param transaction null when nothing installed can write to Git
   * @param drafts those that the transaction's commits see
   * @param artifacts those of earlier attempts, by path
   */
  Attempt(
      Surroundings around,
      LiveRun root,
      int number,
      Instant started,
      GuardedTransaction transaction,
      Drafts drafts,
      Map<String, Artifact> artifacts) {
    this.around = around;
    this.root = root;
    this.number = number;
    this.now = root.order().now().orElse(started);
    this.transaction = transaction;
    this.drafts = drafts;
    this.watch = new Watch(around.grace());
    this.frame = new Frame(this, root, null, started, artifacts);
    this.innermost = frame;
  }

  /** Runs it to its end on a new thread, while this thread watches. */
  Outcome run() {
    var job = root.definition().name();
    var body = around.activities().carry(this::body);
    var thread = new Thread(null, body, "gitvan-job " + job + " " + root.id(), 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Attempt.class.getClassLoader());
    var limit = watch.open(Deadline.in(root.timeout()), thread);
    root.cancelBy(watch::cancel);
    thread.start();
    var end = watch.await();
    root.cancelBy(null);
    over = true;
    if (end == Watch.End.STUCK) {
      return giveUp(thread);
    }
    if (watch.isCancelled()) {
      return Outcome.cancelled(job, root.cancelReason());
    }
    var outcome = Outcome.of(job, frame.stepThatThrew(answer.failure()), answer);
    if (watch.fired(limit) || outcome.isTimeout() && watch.passed(limit)) {
      return late(root, answer.failure());
    }
    return outcome.isGood() && spoiled != null ? Outcome.failed(spoiled, null) : outcome;
  }

  private void body() {
    try (var muting = around.muteIf(root.order().dryRun())) {
      answer = answer(frame);
    } finally {
      watch.returned();
    }
  }

  /** Calls a frame's job, unless it is known that what it will stage cannot be staged. */
  private Answer<JobResult> answer(Frame frame) {
    var job = frame.run().plan().job();
    try {
      var needs = needs(job, new HashSet<>());
      if (!needs.isEmpty()) {
        transaction().require(needs);
      }
    } catch (RuntimeException e) {
      return new Answer<>(null, e, 0);
    }
    return job.body().run(frame);
  }

  /**
   * The needs of a job and of the jobs that it is certain to call.
   *
   * @param asked names of the jobs whose needs are known; added to
   */
  private List<StagingNeed> needs(JobCatalog.Entry job, Set<String> asked) {
    var needs = new ArrayList<StagingNeed>();
    if (asked.add(job.definition().name())) {
      var configuration = root.plan().configuration();
      for (var need : job.body().needs(configuration)) {
        if (need instanceof StagingNeed.Call call) {
          var called = around.catalog().resolve(root.order().worktree(), configuration, call.job());
          needs.addAll(needs(called, asked));
        } else {
          needs.add(need);
        }
      }
    }
    return needs;
  }

  private static Outcome late(LiveRun run, Throwable thrown) {
    return Outcome.timeout(
        run.definition().name(), "did not end within " + Quantities.format(run.timeout()), thrown);
  }

  private Outcome giveUp(Thread stuck) {
    var cancelled = watch.isCancelled();
    var at = innermost;
    quarantine(
        at.run().plan().job().body(),
        stuck,
        "did not end within "
            + Quantities.format(around.grace())
            + " of being interrupted; its thread is "
            + stuck.getName());
    for (var f = at; f != null; f = f.caller()) {
      f.giveUp(cancelled ? StepStatus.CANCELLED : StepStatus.TIMEOUT);
    }
    var where = new Exception("stack of the stuck thread");
    where.setStackTrace(stuck.getStackTrace());
    for (var f = at; f.caller() != null; f = f.caller()) {
      close(
          f,
          cancelled
              ? Outcome.cancelled(f.definition().name(), root.cancelReason())
              : late(f.run(), where));
    }
    return cancelled
        ? Outcome.cancelled(root.definition().name(), root.cancelReason())
        : late(root, where);
  }

  /**
   * The contribution of another bundle in which the job is stuck, such as a step type; else the
   * job.
   */
  private void quarantine(JobBody job, Thread stuck, String reason) {
    var called = root.activity() == null ? null : root.activity().calledBy(stuck);
    if (called != null && called.bundleId() != job.bundleId()) {
      called.quarantine("it " + reason);
    } else {
      job.quarantine(reason);
    }
  }

  /** Runs another job inside this attempt, on the caller's thread. */
  JobResult call(Frame caller, String job, Map<String, Object> inputs) throws Exception {
    var path = caller.path();
    if (path.contains(job)) {
      path.add(job);
      throw GitVanException.of(
          Codes.JOB_CYCLE,
          job,
          "jobs call each other in a cycle: " + String.join(" → ", path),
          "Remove one of the calls.");
    }
    var trigger =
        caller.run().order().trigger().followedBy(caller.runId(), caller.definition().name());
    Surroundings.checkDepth(job, trigger);
    while (true) {
      var entry =
          around.catalog().resolve(root.order().worktree(), root.plan().configuration(), job);
      try (var hold = entry.body().hold()) {
        if (hold != null) {
          return call(caller, entry, trigger, inputs);
        }
      }
    }
  }

  private JobResult call(
      Frame caller, JobCatalog.Entry entry, Trigger trigger, Map<String, Object> inputs)
      throws Exception {
    var plan = LiveRun.Plan.of(root.plan().configuration(), entry, inputs);
    var order = root.order();
    var now = around.clock().instant();
    var inner =
        JobOrder.builder(order.worktree(), entry.definition().name())
            .inputs(inputs)
            .trigger(trigger)
            .dryRun(order.dryRun())
            .environment(order.environment())
            .now(order.now().orElse(null))
            .build();
    var run =
        new LiveRun(
            StoredRun.accepted(around.nextId(), inner, now),
            null,
            plan,
            root.events(),
            inside -> root.cancel(inside.cancelReason()));
    run.start();
    var frame = new Frame(this, run, caller, now, new LinkedHashMap<>());
    events().started(run);
    int changes = transaction == null ? 0 : transaction.changes();
    innermost = frame;
    Outcome outcome;
    try {
      outcome = run(frame);
    } finally {
      innermost = caller;
    }
    if (over) {
      throw over(run);
    }
    close(frame, outcome);
    if (outcome.isGood()) {
      return outcome.result();
    }
    if (transaction != null && transaction.changes() > changes) {
      // Its caller may continue without it, but half of it must not be applied.
      spoiled = outcome.problem();
    }
    throw outcome.problem().toException(outcome.cause());
  }

  private Outcome run(Frame inner) {
    var run = inner.run();
    var job = run.definition().name();
    if (run.order().dryRun() && run.definition().steps().isEmpty()) {
      planned(run, Surroundings.plannedCall(run));
      return Outcome.good(RunStatus.OK, JobResult.ok());
    }
    var veto = around.gate(run);
    if (veto != null) {
      return Outcome.failed(veto, null);
    }
    var limit = limit(Deadline.in(run.timeout()));
    var given = answer(inner);
    boolean late = end(limit);
    if (watch.isCancelled()) {
      return Outcome.cancelled(job, root.cancelReason());
    }
    return late
        ? late(run, given.failure())
        : Outcome.of(job, inner.stepThatThrew(given.failure()), given);
  }

  private void close(Frame inner, Outcome outcome) {
    synchronized (called) {
      called.add(new Called(inner, outcome, around.clock().instant()));
    }
  }

  /** The runs called within it that have ended, in the order of their ends. */
  List<Called> called() {
    synchronized (called) {
      return List.copyOf(called);
    }
  }

  Frame frame() {
    return frame;
  }

  int number() {
    return number;
  }

  Instant now() {
    return now;
  }

  Events events() {
    return root.events();
  }

  Drafts drafts() {
    return drafts;
  }

  void planned(LiveRun run, PlannedEffect effect) {
    drafts.planned(effect);
    events().planned(run, effect);
  }

  Runnable carry(Runnable work) {
    return around.activities().carry(work);
  }

  boolean isOver() {
    return over;
  }

  boolean isCancelled() {
    return watch.isCancelled();
  }

  Deadline deadline() {
    return watch.deadline();
  }

  Watch.Limit limit(Deadline deadline) {
    return watch.open(deadline, Thread.currentThread());
  }

  boolean end(Watch.Limit limit) {
    return watch.close(limit);
  }

  GuardedTransaction transaction() {
    if (transaction == null) {
      throw GitVanException.of(
          Codes.NO_TRANSACTION,
          root.definition().name(),
          "no installed bundle can write to Git",
          "Install a bundle such as dev.gitvan.git.jgit; gitvan diag shows what is missing.");
    }
    return transaction;
  }

  /** Ends work that nobody waits for. */
  void check(LiveRun run) {
    if (over) {
      throw over(run);
    }
    if (watch.isCancelled()) {
      throw Outcome.cancelled(run.definition().name(), root.cancelReason()).problem().toException();
    }
    if (watch.deadline().passed()) {
      throw Outcome.timeout(run.definition().name(), "its deadline has passed", null)
          .problem()
          .toException();
    }
  }

  GitVanException over(LiveRun run) {
    return GitVanException.of(
        Codes.INTERRUPTED, run.definition().name(), "the run has ended without it", "");
  }

  StepStatus statusOf(Throwable thrown) {
    if (watch.isCancelled()) {
      return StepStatus.CANCELLED;
    }
    boolean late =
        watch.deadline().passed()
            || thrown instanceof GitVanException known && known.code().equals(Codes.TIMEOUT);
    return late ? StepStatus.TIMEOUT : StepStatus.FAILED;
  }
}
