package dev.gitvan.bench.internal;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** As many threads as there are cores, that do a number of things together. */
final class Crew implements AutoCloseable {
  private final int size = Runtime.getRuntime().availableProcessors();
  private final ExecutorService threads = Executors.newFixedThreadPool(size);

  /** What is done with one of the things. */
  @FunctionalInterface
  interface Work {
    void on(int number) throws Exception;
  }

  /** Does all of them; returns how long that took, in nanoseconds. */
  long run(int count, Work work) throws Exception {
    long start = System.nanoTime();
    var next = new AtomicInteger();
    Callable<Void> worker =
        () -> {
          for (int i; (i = next.getAndIncrement()) < count; ) {
            work.on(i);
          }
          return null;
        };
    var results = new ArrayList<Future<Void>>();
    for (int i = 0; i < size; i++) {
      results.add(threads.submit(worker));
    }
    for (var result : results) {
      result.get();
    }
    return System.nanoTime() - start;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
