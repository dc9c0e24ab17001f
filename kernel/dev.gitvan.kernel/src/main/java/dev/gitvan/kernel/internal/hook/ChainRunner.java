package dev.gitvan.kernel.internal.hook;

import dev.gitvan.kernel.internal.WorkerPool;
import dev.gitvan.kernel.internal.hook.HookChain.ChainThreads;
import dev.gitvan.kernel.internal.swap.Activities;
import java.time.Duration;
import java.util.List;

/** Runs chains, on threads that all chains share. */
final class ChainRunner implements AutoCloseable {
  private final WorkerPool pool;
  private final ChainThreads threads;
  private final Duration grace;

  /**
   * @param threads hooks called at once, in all chains together
   * @param grace how long a hook may take to end once interrupted
   */
  ChainRunner(Activities activities, int threads, Duration grace) {
    this.pool = new WorkerPool("gitvan-hook", threads);
    this.threads = new ChainThreads(activities, pool, threads, grace.toNanos());
    this.grace = grace;
  }

  /**
   * Calls all members.
   *
   * @param plan of the members in this order
   * @param gate whether a hook can stop the operation
   * @param deadline when all must have ended, a {@link System#nanoTime()}
   * @param limit the time until the deadline as it was at the beginning
   * @return the calls in the order of the chain, each ended
   */
  List<HookCall> run(
      List<? extends ChainMember> members,
      ChainPlan plan,
      boolean gate,
      long deadline,
      Duration limit) {
    return new HookChain(limit, gate, members, plan, deadline, threads)
        .run(
            stuck ->
                stuck.quarantine(
                    "did not end within "
                        + grace.toMillis()
                        + " ms of being interrupted, and is not called"));
  }

  /** Lets the threads end after what they do now: a contribution has gone. */
  void renew() {
    pool.renew();
  }

  /** Ends the threads, within the grace of one hook. */
  @Override
  public void close() {
    pool.close(grace);
  }
}
