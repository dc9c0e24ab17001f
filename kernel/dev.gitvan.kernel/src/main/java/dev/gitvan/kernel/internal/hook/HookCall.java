package dev.gitvan.kernel.internal.hook;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.extension.Extension;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.hook.HookReport.Answer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One call of one member of a chain. It runs on a pool's thread and is watched by the thread that
 * fired the event; the lock only orders the end of the call against its interruption.
 */
final class HookCall {
  private enum State {
    WAITING,
    RUNNING,
    INTERRUPTED,
    ENDED
  }

  private final ChainMember member;
  private final AtomicBoolean claimed = new AtomicBoolean();
  private State state = State.WAITING;
  private Thread thread;
  private long deadline;
  private Duration limit;
  private boolean cancelled;
  private String skipReason;
  private HookOutcome outcome;
  private Duration duration = Duration.ZERO;

  HookCall(ChainMember member) {
    this.member = member;
  }

  ChainMember member() {
    return member;
  }

  /** Whether the caller is the first to claim this call, and so the one that runs or forgoes it. */
  boolean claim() {
    return claimed.compareAndSet(false, true);
  }

  /**
   * Skips this call when its turn comes if the one before it in its group has stopped the
   * operation, or was skipped for that reason.
   */
  void follow(HookCall previous) {
    String reason;
    synchronized (previous) {
      reason =
          previous.outcome.stopsGate()
              ? previous.member.name() + " has stopped the operation"
              : previous.skipReason;
    }
    synchronized (this) {
      skipReason = reason;
    }
  }

  /**
   * Calls the member on this thread.
   *
   * @param chainLimit what the whole chain has
   * @param chainDeadline when the whole chain must have ended, a {@link System#nanoTime()}
   * @return whether the call ended here; false when it was given up meanwhile, and this thread too
   */
  boolean run(Duration chainLimit, long chainDeadline) {
    long start = System.nanoTime();
    synchronized (this) {
      if (cancelled) {
        settle(stopped(), Duration.ZERO);
        return true;
      }
      if (skipReason != null) {
        settle(HookOutcome.skipped(skipReason), Duration.ZERO);
        return true;
      }
      limit = member.definition().timeout();
      if (start + limit.toNanos() - chainDeadline > 0) {
        limit = chainLimit;
        deadline = chainDeadline;
      } else {
        deadline = start + limit.toNanos();
      }
      thread = Thread.currentThread();
      state = State.RUNNING;
    }
    var answer = member.call();
    synchronized (this) {
      if (state == State.ENDED) {
        return false;
      }
      boolean interrupted = state == State.INTERRUPTED;
      settle(interrupted ? stopped() : outcomeOf(answer), Duration.ofNanos(answer.nanos()));
    }
    // What was meant for this hook must not reach the next one.
    Thread.interrupted();
    return true;
  }

  /**
   * Settles a call that nobody begins any more.
   *
   * @param chainLimit what the whole chain had
   */
  synchronized void forgo(Duration chainLimit) {
    limit = chainLimit;
    settle(stopped(), Duration.ZERO);
  }

  /** Ends a call early, because nobody waits for it any more. */
  synchronized void cancel(long now, long grace) {
    if (state == State.RUNNING || state == State.WAITING) {
      cancelled = true;
    }
    if (state == State.RUNNING) {
      interrupt(now, grace);
    }
  }

  /**
   * Interrupts a call at its deadline.
   *
   * @return the time until there is something to do about it: 0 when it is beyond its grace; {@link
   *     Long#MAX_VALUE} when it has ended
   */
  synchronized long watch(long now, long grace) {
    if (state == State.ENDED) {
      return Long.MAX_VALUE;
    }
    if (state == State.WAITING) {
      // It may begin at any moment; nothing can be due before this.
      return Math.min(member.definition().timeout().toNanos(), grace);
    }
    if (state == State.RUNNING && deadline - now <= 0) {
      interrupt(now, grace);
    }
    return Math.max(0, deadline - now);
  }

  /**
   * Gives a call up.
   *
   * @return the stuck thread; null when the call has ended after all
   */
  synchronized Thread abandon(long now) {
    if (state != State.INTERRUPTED || deadline - now > 0) {
      return null;
    }
    var stuck = thread;
    settle(stopped(), limit);
    return stuck;
  }

  synchronized Answer answer() {
    return new Answer(member.name(), member.definition().origin(), outcome, duration);
  }

  private void interrupt(long now, long grace) {
    state = State.INTERRUPTED;
    deadline = now + grace;
    thread.interrupt();
  }

  private void settle(HookOutcome settled, Duration took) {
    state = State.ENDED;
    outcome = settled;
    duration = took;
    thread = null;
  }

  private HookOutcome stopped() {
    return cancelled
        ? new HookOutcome.Failed(
            new Problem(
                Codes.INTERRUPTED, "hook " + member.name(), "the operation was cancelled", ""))
        : new HookOutcome.TimedOut(limit);
  }

  private HookOutcome outcomeOf(Extension.Answer<HookOutcome> answer) {
    if (answer.failure() instanceof GitVanException known) {
      return new HookOutcome.Failed(known.problem());
    }
    if (answer.failure() != null) {
      return failed("failed with " + answer.failure());
    }
    return answer.value() == null ? failed("returned null") : answer.value();
  }

  private HookOutcome failed(String how) {
    return new HookOutcome.Failed(
        new Problem(
            Codes.INTERNAL,
            "hook " + member.name(),
            "it " + how,
            "This is a fault of " + member.definition().origin() + "."));
  }
}
