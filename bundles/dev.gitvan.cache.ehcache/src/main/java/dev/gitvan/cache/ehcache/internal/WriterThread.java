package dev.gitvan.cache.ehcache.internal;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.ehcache.core.spi.service.ExecutionService;
import org.ehcache.spi.service.Service;
import org.ehcache.spi.service.ServiceProvider;

/**
 * The one thread that writes a store's file, in order. Ehcache's own executors would be unnamed,
 * and their queue unbounded: here {@link EhcacheStore} bounds it.
 */
final class WriterThread implements ExecutionService {
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          5,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> {
            var made = new Thread(task, "gitvan-cache-disk");
            made.setDaemon(true);
            made.setContextClassLoader(null);
            return made;
          });

  WriterThread() {
    thread.allowCoreThreadTimeOut(true);
  }

  /** Runs after everything that has been handed over until now. */
  void afterwards(Runnable task) {
    thread.execute(task);
  }

  /** Ends the thread; what waits is dropped. */
  void end() {
    thread.shutdownNow();
  }

  @Override
  public ScheduledExecutorService getScheduledExecutor(String alias) {
    return Executors.newSingleThreadScheduledExecutor();
  }

  @Override
  public ExecutorService getOrderedExecutor(String alias, BlockingQueue<Runnable> queue) {
    return new Share();
  }

  @Override
  public ExecutorService getUnorderedExecutor(String alias, BlockingQueue<Runnable> queue) {
    return new Share();
  }

  @Override
  public void start(ServiceProvider<Service> services) {
    // It starts with the first task.
  }

  @Override
  public void stop() {
    // The store ends it: Ehcache stops its services in no order that we could rely on.
  }

  /** The thread as one user sees it, who may shut it down without ending it for the others. */
  private final class Share extends AbstractExecutorService {
    private volatile boolean down;

    @Override
    public void execute(Runnable task) {
      thread.execute(task);
    }

    @Override
    public void shutdown() {
      down = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      down = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return down;
    }

    @Override
    public boolean isTerminated() {
      return down;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return down;
    }
  }
}
