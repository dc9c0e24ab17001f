package dev.gitvan.kernel.internal.hook;

import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.spi.Hook;
import dev.gitvan.kernel.internal.Contribution;
import dev.gitvan.kernel.internal.WorkerPool;
import dev.gitvan.kernel.internal.swap.Activities;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * All hooks of one event.
 *
 * <p>Hooks never run on the thread that fires the event: a hook that ignores interrupts could not
 * be given up there. One pool thread takes hook after hook; if they are not all done within the
 * time that waking a thread costs, the firing thread calls in helpers that take them in parallel.
 * So a chain of trivial hooks costs one hand-over, and slow ones run side by side. The firing
 * thread keeps the deadlines: there is no timer.
 */
final class HookChain {
  /** How long the firing thread waits before it calls helpers: what waking a few of them costs. */
  private static final long ALONE_NANOS = 40_000;

  private final HookEvent event;
  private final List<HookCall> calls;
  private final Runnable worker;
  private final WorkerPool pool;
  private final int helpers;
  private final long graceNanos;
  private final long deadline;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger running;
  private final Thread firing = Thread.currentThread();

  HookChain(
      HookEvent event,
      List<Contribution<Hook, HookPoint>> hooks,
      Activities activities,
      WorkerPool pool,
      int helpers,
      long graceNanos) {
    this.event = event;
    this.calls = hooks.stream().map(HookCall::new).toList();
    this.worker = activities.carry(this::work);
    this.pool = pool;
    this.helpers = helpers;
    this.graceNanos = graceNanos;
    this.deadline = System.nanoTime() + event.limit().toNanos();
    this.running = new AtomicInteger(calls.size());
  }

  /**
   * Calls them all.
   *
   * @param quarantine told of each hook that had to be given up
   * @return the calls, each ended
   */
  List<HookCall> run(Consumer<Contribution<Hook, HookPoint>> quarantine) {
    boolean interrupted = false;
    pool.execute(worker);
    spin();
    if (running.get() > 0) {
      for (int i = 1; i < Math.min(calls.size(), helpers); i++) {
        pool.execute(worker);
      }
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

  private void work() {
    for (int i = next.getAndIncrement(); i < calls.size(); i = next.getAndIncrement()) {
      if (!calls.get(i).run(event, deadline)) {
        return;
      }
      settled();
    }
  }

  /** Counts a call's end: once, since {@link #next} gives each call to one taker only. */
  private void settled() {
    if (running.decrementAndGet() == 0) {
      LockSupport.unpark(firing);
    }
  }

  private void cancel() {
    long now = System.nanoTime();
    calls.forEach(call -> call.cancel(now, graceNanos));
    forgoWaiting();
  }

  /** Takes what nobody has taken yet. */
  private void forgoWaiting() {
    for (int i = next.getAndIncrement(); i < calls.size(); i = next.getAndIncrement()) {
      calls.get(i).forgo(event.limit());
      settled();
    }
  }

  private long watch(Consumer<Contribution<Hook, HookPoint>> quarantine) {
    long now = System.nanoTime();
    if (deadline - now <= 0) {
      forgoWaiting();
    }
    long wait = deadline - now > 0 ? deadline - now : Long.MAX_VALUE;
    for (var call : calls) {
      long left = call.watch(now, graceNanos);
      if (left == 0) {
        var stuck = call.abandon(now);
        if (stuck != null) {
          pool.abandon(stuck);
          quarantine.accept(call.hook());
          settled();
        }
        continue;
      }
      wait = Math.min(wait, left);
    }
    return wait;
  }
}
