package dev.gitvan.kernel.internal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded pool of named daemon threads, made when needed and gone when idle, that can give up a
 * thread which is stuck: another takes its place. Tasks beyond the bound wait in order.
 */
public final class WorkerPool implements AutoCloseable {
  private static final long IDLE_SECONDS = 30;

  private final String name;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition ended = lock.newCondition();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Set<Thread> threads = new HashSet<>();
  private int max;
  private int idle;
  private int made;
  private int generation;
  private boolean closed;

  /**
   * @param name of the threads, before their number
   * @param max how many threads there are at most, those given up not counted
   */
  public WorkerPool(String name, int max) {
    this.name = name;
    this.max = max;
  }

  /**
   * Runs a task as soon as a thread is free.
   *
   * @return false when the pool is closed and the task will not run
   */
  public boolean execute(Runnable task) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      tasks.add(task);
      if (idle >= tasks.size()) {
        work.signal();
      } else if (threads.size() < max) {
        start();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Lets the pool grow. */
  public void atLeast(int threads) {
    lock.lock();
    try {
      max = Math.max(max, threads);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives up a thread that does not end its task: it is not counted any more, and ends should its
   * task ever return.
   */
  public void abandon(Thread thread) {
    lock.lock();
    try {
      if (threads.remove(thread) && !closed && !tasks.isEmpty()) {
        start();
      }
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets every present thread end after its task. Called when a plugin has gone, so that no thread
   * local of its classes stays behind.
   */
  public void renew() {
    lock.lock();
    try {
      generation++;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the threads: interrupts them and waits, at most that long. What waits is forgotten. */
  public void close(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    lock.lock();
    try {
      closed = true;
      tasks.clear();
      threads.forEach(Thread::interrupt);
      work.signalAll();
      while (!threads.isEmpty() && !only(Thread.currentThread())) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return;
        }
        ended.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    close(Duration.ZERO);
  }

  /** Threads now, those given up not counted. */
  int size() {
    lock.lock();
    try {
      return threads.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean only(Thread thread) {
    return threads.size() == 1 && threads.contains(thread);
  }

  private void start() {
    int born = generation;
    // The caller may be a plugin: the thread must not keep anything of it.
    var thread = new Thread(null, () -> work(born), name + "-" + ++made, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(WorkerPool.class.getClassLoader());
    threads.add(thread);
    thread.start();
  }

  private void work(int born) {
    try {
      for (var task = next(born); task != null; task = next(born)) {
        try {
          task.run();
        } finally {
          Thread.interrupted();
        }
      }
    } finally {
      end();
    }
  }

  private Runnable next(int born) {
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
      while (true) {
        if (closed || born != generation || !threads.contains(Thread.currentThread())) {
          return null;
        }
        var task = tasks.poll();
        if (task != null || left <= 0) {
          return task;
        }
        idle++;
        try {
          left = work.awaitNanos(left);
        } catch (InterruptedException e) {
          // Only a task is interrupted, never the wait for one; closing is seen above.
        } finally {
          idle--;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      if (threads.remove(Thread.currentThread()) && !closed && !tasks.isEmpty()) {
        start();
      }
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
