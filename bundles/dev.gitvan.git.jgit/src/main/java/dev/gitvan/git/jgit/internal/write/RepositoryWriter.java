package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.git.jgit.internal.settings.GitFailure;
import dev.gitvan.job.Receipt;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one writer of a repository in this process. Who comes first writes; receipts that came
 * meanwhile go along in the same notes commit. Fair, so that nobody starves. Safe for any thread.
 */
final class RepositoryWriter {
  private final ReentrantLock turn;
  private final ConcurrentLinkedQueue<Request> waiting = new ConcurrentLinkedQueue<>();
  private final Applying applying;
  private final Metrics metrics;

  /**
   * @param turn shared with whatever else writes to the repository
   */
  RepositoryWriter(ReentrantLock turn, Applying applying, Metrics metrics) {
    this.turn = turn;
    this.applying = applying;
    this.metrics = metrics;
  }

  /**
   * Applies a transaction, or lets another thread apply it.
   *
   * @return the receipts as written
   */
  List<Receipt> apply(Request request) {
    long start = System.nanoTime();
    waiting.add(request);
    turn.lock();
    try {
      metrics.recorder(Operation.LOCK_WAIT).since(start);
      request.opened.debug().waited("another thread's turn", System.nanoTime() - start);
      if (!request.isDone()) {
        run(batch(request));
      }
    } finally {
      waiting.remove(request);
      turn.unlock();
    }
    return request.outcome();
  }

  /** The request, and all that wait with nothing but receipts. */
  private List<Request> batch(Request first) {
    var batch = new ArrayList<Request>(List.of(first));
    for (var other : waiting) {
      if (other != first && other.isReceiptsOnly() && !other.isDone()) {
        batch.add(other);
      }
    }
    return batch;
  }

  private void run(List<Request> batch) {
    try {
      applying.apply(batch);
    } catch (IOException e) {
      var place = batch.get(0).opened.worktree().repository().toString();
      fail(batch, GitFailure.of(e, place));
    } catch (RuntimeException e) {
      fail(batch, e);
    }
  }

  private static void fail(List<Request> batch, RuntimeException failure) {
    batch.stream().filter(request -> !request.isDone()).forEach(request -> request.fail(failure));
  }
}
