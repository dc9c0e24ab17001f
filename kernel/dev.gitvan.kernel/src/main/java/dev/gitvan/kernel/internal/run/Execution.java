package dev.gitvan.kernel.internal.run;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunStatus;
import dev.gitvan.job.spi.JobResult;
import dev.gitvan.job.spi.RunTransaction;
import dev.gitvan.job.spi.Staging;
import dev.gitvan.kernel.internal.Hold;
import dev.gitvan.metrics.CounterId;
import dev.gitvan.metrics.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A run from the moment it leaves the queue to its receipt, on a coordinating thread that calls no
 * job itself: gate, attempts with a transaction each, and what is left of them in Git.
 */
final class Execution {
  /** How long to wait for somebody who writes a receipt instead of a bundle that is gone. */
  private static final Duration REPLACEMENT_LIMIT = Duration.ofSeconds(2);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Surroundings around;
  private final LiveRun run;
  private final Events events;
  private final Instant started;
  private final Map<String, Artifact> artifacts = new LinkedHashMap<>();
  private final List<Attempt.Called> called = new ArrayList<>();
  private RunTransaction transaction;
  private Staging.Base base;
  private Attempt last;
  private List<Receipt> written;
  private boolean recorded;

  Execution(Surroundings around, LiveRun run) {
    this.around = around;
    this.run = run;
    this.events = run.events();
    this.started = around.clock().instant();
  }

  /**
   * Runs it to its end; {@link LiveRun#end} is left to the caller.
   *
   * @return the runs whose follow-ups may start now
   */
  List<LiveRun> run() {
    long start = System.nanoTime();
    try (var muting = around.muteIf(run.order().dryRun())) {
      around.metrics().record(Operation.QUEUE_WAIT, run.age());
      events.started(run);
      var outcome = outcome();
      if (written == null) {
        written = receipts(outcome);
        if (!run.order().dryRun()) {
          writeFailure(outcome);
        }
      }
      close();
      run.failed(outcome.cause());
      run.record(written.get(0), recorded);
      if (!run.order().dryRun()) {
        called.forEach(call -> around.tell(call.frame().run(), call.outcome()));
        around.tell(run, outcome);
      }
      around.metrics().record(Operation.JOB_RUN, System.nanoTime() - start);
      return applied(outcome);
    }
  }

  /** Reports the end of the run and of those that it called. */
  void tellEnd() {
    for (int i = 0; i < called.size(); i++) {
      var inner = called.get(i).frame().run();
      inner.record(written.get(i + 1), recorded);
      events.finished(inner);
      inner.end();
    }
    events.finished(run);
  }

  private Outcome outcome() {
    if (run.cancelReason() != null) {
      return Outcome.cancelled(run.definition().name(), run.cancelReason());
    }
    try (var held = refresh()) {
      return run.order().dryRun() && run.definition().steps().isEmpty() ? plan() : attempts();
    } catch (GitVanException e) {
      return explained(Outcome.failed(e.problem(), e));
    } catch (RuntimeException | LinkageError e) {
      return explained(Outcome.failed(internal(e), e));
    }
  }

  /** While it waited, its bundle may have been replaced. */
  private Hold refresh() {
    Hold hold = run.plan().job().body().isCurrent() ? run.plan().job().body().hold() : null;
    while (hold == null) {
      var entry =
          around
              .catalog()
              .resolve(run.order().worktree(), run.plan().configuration(), run.definition().name());
      run.adopt(LiveRun.Plan.of(run.plan().configuration(), entry, run.plan().given()));
      hold = entry.body().hold();
    }
    return hold;
  }

  private Outcome plan() {
    events.planned(run, Surroundings.plannedCall(run));
    planFollowUps();
    return Outcome.good(RunStatus.OK, JobResult.ok());
  }

  private void planFollowUps() {
    for (var next : run.definition().then()) {
      events.planned(run, new PlannedEffect("job", next, "started once this run is applied"));
    }
  }

  private Outcome attempts() {
    var retries = run.definition().retries();
    for (int number = 1; ; number++) {
      var outcome = attempt(number);
      if (run.order().dryRun() && outcome.isGood()) {
        planFollowUps();
      }
      if (outcome.isGood()
          || number > retries.max()
          || !outcome.isWorthRetrying()
          || run.order().dryRun()) {
        return outcome;
      }
      events.retrying(run, number, outcome.problem());
      around.metrics().counter(CounterId.JOB_RETRIES).increment();
      close();
      if (pause(retries.before(number + 1))) {
        return Outcome.cancelled(run.definition().name(), run.cancelReason());
      }
    }
  }

  /** Waits; true when the run was cancelled meanwhile. */
  private boolean pause(Duration time) {
    var cancelled = new CountDownLatch(1);
    run.cancelBy(cancelled::countDown);
    try {
      return cancelled.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      run.cancel("GitVan is shutting down");
      return true;
    } finally {
      run.cancelBy(null);
    }
  }

  private Outcome attempt(int number) {
    begin();
    var stopped = number == 1 && !run.order().dryRun() ? gate() : null;
    if (stopped != null) {
      return stopped;
    }
    var drafts = new Drafts();
    var guarded = transaction == null ? null : new GuardedTransaction(transaction, drafts);
    last = new Attempt(around, run, number, started, guarded, drafts, artifacts);
    var outcome = explained(last.run());
    called.addAll(last.called());
    if (guarded != null && guarded.takeBack(around.grace()).isEmpty()) {
      // A job that does not end is inside it: it keeps it, and it is never applied.
      transaction = null;
    }
    if (outcome.isGood() && !run.order().dryRun()) {
      outcome = apply(outcome);
    }
    if (!outcome.isGood()) {
      called.replaceAll(call -> call.outcome().isGood() ? undone(call) : call);
    }
    return outcome;
  }

  /** The outcome with the cause that is behind it, where a bundle was taken away by force. */
  private Outcome explained(Outcome outcome) {
    var lost = run.activity().lost();
    return lost.isEmpty() ? outcome : outcome.because(run.definition().name(), lost);
  }

  /** It ended well, but what it staged went with its caller's transaction. */
  private Attempt.Called undone(Attempt.Called call) {
    var problem =
        new Problem(
            Codes.JOB_FAILED,
            call.frame().definition().name(),
            "the run that called it, " + run.id() + ", did not succeed; nothing was applied",
            "");
    return new Attempt.Called(call.frame(), Outcome.failed(problem, null), call.finished());
  }

  private void begin() {
    var transactions = around.transactions().get();
    if (transactions != null) {
      transaction =
          transactions.begin(
              run.order().worktree(), run.plan().configuration(), run.order().dryRun());
      base = transaction.base();
    }
  }

  private Outcome gate() {
    run.cancelBy(Thread.currentThread()::interrupt);
    Problem veto;
    try {
      veto = around.gate(run);
    } finally {
      run.cancelBy(null);
      Thread.interrupted();
    }
    if (run.cancelReason() != null) {
      return Outcome.cancelled(run.definition().name(), run.cancelReason());
    }
    return veto == null ? null : Outcome.failed(veto, null);
  }

  private Outcome apply(Outcome outcome) {
    var receipts = receipts(outcome);
    if (transaction == null) {
      written = receipts;
      warn("no receipt is written: no installed bundle can write to Git");
      return outcome;
    }
    try {
      written = byId(receipts, transaction.apply(receipts));
      recorded = true;
      return outcome;
    } catch (GitVanException e) {
      return explained(Outcome.failed(e.problem(), e));
    } catch (RuntimeException | LinkageError e) {
      return explained(Outcome.failed(internal(e), e));
    }
  }

  /** Leaves the receipts of a run that did not end well, and nothing else. */
  private void writeFailure(Outcome outcome) {
    var failure = tryToWriteFailure();
    if (failure != null && !run.activity().lost().isEmpty()) {
      // Who held the transaction is gone; its successor writes the receipt.
      close();
      awaitTransactions();
      failure = tryToWriteFailure();
    }
    // Reported once is enough: a disk that is full is so for the receipt, too.
    if (failure != null
        && (outcome.problem() == null || !outcome.problem().code().equals(failure.code()))) {
      warn("the receipt could not be written: " + failure);
    }
  }

  /** Returns why it could not be written; null when it was, or nothing can write it. */
  private Problem tryToWriteFailure() {
    try {
      if (transaction == null) {
        begin();
      }
      if (transaction == null) {
        warn("no receipt is written: no installed bundle can write to Git");
        return null;
      }
      transaction.discard();
      written = byId(written, transaction.apply(written));
      recorded = true;
      return null;
    } catch (GitVanException e) {
      return e.problem();
    } catch (RuntimeException | LinkageError e) {
      return internal(e);
    }
  }

  private void awaitTransactions() {
    long end = System.nanoTime() + REPLACEMENT_LIMIT.toNanos();
    while (around.transactions().get() == null && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static List<Receipt> byId(List<Receipt> ours, List<Receipt> theirs) {
    var known = new LinkedHashMap<String, Receipt>();
    ours.forEach(receipt -> known.put(receipt.id(), receipt));
    theirs.forEach(receipt -> known.replace(receipt.id(), receipt));
    return List.copyOf(known.values());
  }

  private List<Receipt> receipts(Outcome outcome) {
    return new Receipts(around)
        .of(
            run,
            base,
            outcome,
            last == null ? 1 : last.number(),
            started,
            last == null ? List.of() : last.frame().artifacts(),
            last == null ? List.of() : last.frame().steps(),
            called);
  }

  /** The runs of the last attempt that ended well, this one first, if all of it was applied. */
  private List<LiveRun> applied(Outcome outcome) {
    var applied = new ArrayList<LiveRun>();
    if (outcome.isGood() && !run.order().dryRun()) {
      if (outcome.status() == RunStatus.OK) {
        applied.add(run);
      }
      for (var call : last.called()) {
        if (call.outcome().status() == RunStatus.OK) {
          applied.add(call.frame().run());
        }
      }
    }
    return applied;
  }

  private void warn(String text) {
    events.warn(run, text);
  }

  private void close() {
    if (transaction != null) {
      try {
        transaction.close();
      } catch (RuntimeException | LinkageError e) {
        warn("closing the transaction failed: " + e);
      }
      transaction = null;
    }
  }

  private Problem internal(Throwable e) {
    return new Problem(
        Codes.INTERNAL,
        run.definition().name(),
        "it failed with " + e,
        "This is a bug in GitVan or in a plugin. Run it with -v to see where.");
  }
}
