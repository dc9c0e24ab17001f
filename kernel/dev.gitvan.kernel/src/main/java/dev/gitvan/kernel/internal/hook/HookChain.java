package dev.gitvan.kernel.internal.hook;

import dev.gitvan.kernel.internal.WorkerPool;
import dev.gitvan.kernel.internal.swap.Activities;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * All hooks of one event, or all answers to one question.
 *
 * <p>Hooks never run on the thread that fires the event: a hook that ignores interrupts could not
 * be given up there. One pool thread takes hook after hook; if they are not all done within the
 * time that waking a thread costs, the firing thread calls in helpers that take them in parallel.
 * So a chain of trivial hooks costs one hand-over, and slow ones run side by side. The firing
 * thread keeps the deadlines: there is no timer.
 *
 * <p>A call becomes ready when all that it waits for have ended. The thread that ends the last of
 * them takes it, so that no thread ever waits for a hook.
 */
final class HookChain {
  /** How long the firing thread waits before it calls helpers: what waking a few of them costs. */
  private static final long ALONE_NANOS = 40_000;

  private final Duration limit;
  private final boolean gate;
  private final ChainPlan plan;
  private final List<HookCall> calls;
  private final long deadline;
  private final ChainThreads threads;
  private final Runnable worker;
  private final Queue<Integer> ready = new ConcurrentLinkedQueue<>();
  private final AtomicIntegerArray waits;
  private final AtomicInteger running;
  private final Thread firing = Thread.currentThread();

  /** Whether the firing thread has called helpers: from then on everybody who can does. */
  private volatile boolean parallel;

  /**
   * The threads that chains run on.
   *
   * @param helpers threads that one chain uses at once
   * @param graceNanos how long a hook may take to end once interrupted
   */
  record ChainThreads(Activities activities, WorkerPool pool, int helpers, long graceNanos) {}

  /**
   * @param limit what the whole chain has
   * @param gate whether a hook can stop the operation
   * @param members in the order in which the plan was made
   * @param deadline when the whole chain must have ended, a {@link System#nanoTime()}
   */
  HookChain(
      Duration limit,
      boolean gate,
      List<? extends ChainMember> members,
      ChainPlan plan,
      long deadline,
      ChainThreads threads) {
    this.limit = limit;
    this.gate = gate;
    this.plan = plan;
    this.calls = plan.order().stream().map(index -> new HookCall(members.get(index))).toList();
    this.deadline = deadline;
    this.threads = threads;
    this.worker = threads.activities().carry(this::work);
    this.waits = new AtomicIntegerArray(calls.size());
    this.running = new AtomicInteger(calls.size());
    for (int i = 0; i < calls.size(); i++) {
      waits.set(i, plan.waits(i));
      if (plan.waits(i) == 0) {
        ready.add(i);
      }
    }
  }

  /**
   * Calls them all.
   *
   * @param quarantine called with each member that had to be given up
   * @return the calls in the order of the chain, each ended
   */
  List<HookCall> run(Consumer<ChainMember> quarantine) {
    boolean interrupted = false;
    threads.pool().execute(worker);
    spin();
    if (running.get() > 0) {
      parallel = true;
      callHelpers(ready.size());
    }
    while (running.get() > 0) {
      if (Thread.interrupted()) {
        interrupted = true;
        cancel();
      }
      long wait = watch(quarantine);
      if (running.get() > 0) {
        LockSupport.parkNanos(this, wait);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return calls;
  }

  private void spin() {
    long end = System.nanoTime() + ALONE_NANOS;
    while (running.get() > 0 && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }

  private void callHelpers(int more) {
    if (parallel) {
      for (int i = 0; i < Math.min(more, threads.helpers() - 1); i++) {
        threads.pool().execute(worker);
      }
    }
  }

  private void work() {
    for (var next = ready.poll(); next != null; next = ready.poll()) {
      var call = calls.get(next);
      if (call.claim()) {
        if (!call.run(limit, deadline)) {
          return;
        }
        // This thread takes one of them itself.
        callHelpers(settled(next) - 1);
      }
    }
  }

  /**
   * Counts the end of a call, and makes ready what waited for it.
   *
   * @return how many calls became ready
   */
  private int settled(int index) {
    int released = 0;
    for (int follower : plan.followers(index)) {
      if (gate && plan.previousInGroup(follower) == index) {
        calls.get(follower).follow(calls.get(index));
      }
      if (waits.decrementAndGet(follower) == 0) {
        ready.add(follower);
        released++;
      }
    }
    if (running.decrementAndGet() == 0) {
      LockSupport.unpark(firing);
    }
    return released;
  }

  private void cancel() {
    long now = System.nanoTime();
    calls.forEach(call -> call.cancel(now, threads.graceNanos()));
    forgoWaiting();
  }

  /** Takes what nobody has taken yet. */
  private void forgoWaiting() {
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i).claim()) {
        calls.get(i).forgo(limit);
        settled(i);
      }
    }
  }

  private long watch(Consumer<ChainMember> quarantine) {
    long now = System.nanoTime();
    if (deadline - now <= 0) {
      forgoWaiting();
    }
    long wait = deadline - now > 0 ? deadline - now : Long.MAX_VALUE;
    for (int i = 0; i < calls.size(); i++) {
      var call = calls.get(i);
      long left = call.watch(now, threads.graceNanos());
      if (left == 0) {
        var stuck = call.abandon(now);
        if (stuck != null) {
          threads.pool().abandon(stuck);
          quarantine.accept(call.member());
          callHelpers(settled(i));
        }
        continue;
      }
      wait = Math.min(wait, left);
    }
    return wait;
  }
}
