package dev.gitvan.kernel.internal.run;

import dev.gitvan.repository.RepositoryId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The runs that wait, bounded for each repository. The next one is that of the highest priority,
 * then the one that came first, among the repositories that may start another.
 */
final class RunQueue {
  private record Waiting(LiveRun run, long order) {
    static final Comparator<Waiting> FIRST =
        Comparator.<Waiting, Enum<?>>comparing(
                w -> w.run().priority(), Comparator.comparingInt(Enum::ordinal))
            .thenComparingLong(Waiting::order);
  }

  private static final class Lane {
    final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Waiting.FIRST);
    int concurrency = 1;
    int running;

    boolean mayStart() {
      return running < concurrency && !waiting.isEmpty();
    }
  }

  private final Map<RepositoryId, Lane> lanes = new HashMap<>();
  private long offered;
  private boolean closed;

  /**
   * Lets a run wait.
   *
   * @param capacity how many may wait in its repository
   * @param concurrency how many may run at once in its repository, from now on
   * @return false when there is no room
   */
  synchronized boolean offer(LiveRun run, int capacity, int concurrency) {
    var lane = lanes.computeIfAbsent(repository(run), id -> new Lane());
    lane.concurrency = concurrency;
    if (lane.waiting.size() >= capacity) {
      return false;
    }
    return lane.waiting.add(new Waiting(run, offered++));
  }

  /**
   * The run to start now, which counts as running until {@link #ended}; null when there is none.
   */
  synchronized LiveRun take() {
    if (closed) {
      return null;
    }
    Lane best = null;
    for (var lane : lanes.values()) {
      if (lane.mayStart()
          && (best == null
              || Waiting.FIRST.compare(lane.waiting.peek(), best.waiting.peek()) < 0)) {
        best = lane;
      }
    }
    if (best == null) {
      return null;
    }
    best.running++;
    return best.waiting.remove().run();
  }

  /** Dispatches no more runs, although runs that end make room. What waits stays, to be removed. */
  synchronized void close() {
    closed = true;
  }

  synchronized void ended(LiveRun run) {
    lanes.get(repository(run)).running--;
    forget(repository(run));
  }

  /** Takes a run out that has not started; false when it has. */
  synchronized boolean remove(LiveRun run) {
    var lane = lanes.get(repository(run));
    boolean removed = lane != null && lane.waiting.removeIf(waiting -> waiting.run() == run);
    if (removed) {
      forget(repository(run));
    }
    return removed;
  }

  private void forget(RepositoryId repository) {
    var lane = lanes.get(repository);
    if (lane.running == 0 && lane.waiting.isEmpty()) {
      lanes.remove(repository);
    }
  }

  private static RepositoryId repository(LiveRun run) {
    return run.order().worktree().repository();
  }
}
