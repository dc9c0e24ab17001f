package dev.gitvan.jobs.file.internal.step;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/**
 * Works on many items concurrently, on threads that all batches share: as many as there are cores,
 * because rendering keeps a core busy.
 */
final class Batch {
  /** How long a cancelled batch is waited for. */
  private static final long GRACE_MILLIS = 1000;

  private final int cores = Runtime.getRuntime().availableProcessors();
  private final AtomicInteger number = new AtomicInteger();
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          cores,
          cores,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> {
            var thread = new Thread(task, "gitvan-render-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });

  Batch() {
    pool.allowCoreThreadTimeOut(true);
  }

  /**
   * Works on items in an order, with a limit on concurrent ones. After a failure none is begun.
   *
   * @param order the items' indices
   * @param checkpoint throws when the work is to end
   * @param binding makes work on another thread part of the run
   * @throws Exception the failure of the item that comes first in the order
   */
  void run(
      int[] order,
      int concurrency,
      Runnable checkpoint,
      UnaryOperator<Runnable> binding,
      IntConsumer work)
      throws Exception {
    var next = new AtomicInteger();
    var failures = new Throwable[order.length];
    int threads = Math.min(Math.min(concurrency, cores), order.length);
    var busy = new CountDownLatch(threads);
    Runnable loop =
        () -> {
          int at;
          while ((at = next.getAndIncrement()) < order.length) {
            try {
              checkpoint.run();
              work.accept(order[at]);
            } catch (RuntimeException | Error e) {
              failures[at] = e;
              next.set(order.length);
            }
          }
          busy.countDown();
        };
    var worker = binding.apply(loop);
    var workers = new ArrayList<Future<?>>();
    for (int i = 0; i < threads; i++) {
      workers.add(pool.submit(worker));
    }
    try {
      busy.await();
    } catch (InterruptedException e) {
      next.set(order.length);
      for (var each : workers) {
        each.cancel(true);
      }
      // The files that are being written are the run's: it must not end before they are there.
      busy.await(GRACE_MILLIS, TimeUnit.MILLISECONDS);
      throw e;
    }
    for (var failure : failures) {
      if (failure instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (failure instanceof Error error) {
        throw error;
      }
    }
  }

  /** Takes no more work; what runs ends by itself. */
  void close() {
    pool.shutdown();
  }
}
