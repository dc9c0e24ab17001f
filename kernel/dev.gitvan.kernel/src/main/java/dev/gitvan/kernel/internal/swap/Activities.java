package dev.gitvan.kernel.internal.swap;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The activities in flight, which thread works for which, and a gate that holds new ones back while
 * the kernel or an API is replaced. Safe for any thread.
 */
public final class Activities {
  private final ThreadLocal<Activity> current = new ThreadLocal<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition change = lock.newCondition();
  private final Set<Activity> active = new LinkedHashSet<>();
  private long withdrawals;
  private volatile Thread swapper;
  private boolean gateClosed;
  private boolean over;

  /** The binding of a thread to an activity. */
  public interface Binding extends AutoCloseable {
    @Override
    void close();
  }

  /** This kernel has stopped: waiting threads ask its successor. */
  public static final class KernelStoppedException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Begins an activity. One that begins within another passes the gate, since the other is waited
   * for.
   *
   * @param label names it for people
   * @param thread that carries it out; null when that is not one thread
   * @throws KernelStoppedException when this kernel stopped before the gate opened
   * @throws GitVanException {@code INTERRUPTED}
   */
  public Activity begin(String label, Thread thread) throws KernelStoppedException {
    lock.lock();
    try {
      while (gateClosed && !over && !isWithin()) {
        change.await();
      }
      if (over && !isWithin()) {
        throw new KernelStoppedException();
      }
      var activity = new Activity(this, label, withdrawals, thread);
      active.add(activity);
      return activity;
    } catch (InterruptedException e) {
      throw interrupted(label);
    } finally {
      lock.unlock();
    }
  }

  private boolean isWithin() {
    var outer = current.get();
    return outer != null && !outer.isParked();
  }

  /** The activity that this thread works for; null when there is none. */
  public Activity current() {
    return current.get();
  }

  /** Makes this thread work for an activity until the binding is closed. */
  public Binding bind(Activity activity) {
    var before = current.get();
    current.set(activity);
    return () -> {
      if (before == null) {
        current.remove();
      } else {
        current.set(before);
      }
    };
  }

  /** Work that, on whichever thread, belongs to the activity of the thread that asks. */
  public Runnable carry(Runnable work) {
    var activity = current.get();
    return () -> {
      try (var binding = bind(activity)) {
        work.run();
      }
    };
  }

  /** The next number of a withdrawal: activities that began before are older. */
  long nextWithdrawal() {
    lock.lock();
    try {
      return ++withdrawals;
    } finally {
      lock.unlock();
    }
  }

  /** Activities in flight that are waited for, oldest first. */
  List<Activity> active(Predicate<Activity> which) {
    lock.lock();
    try {
      return active.stream().filter(a -> !a.isParked()).filter(which).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Whether this thread carries out a swap. */
  public boolean isSwapping() {
    return swapper == Thread.currentThread();
  }

  /** This thread carries out a swap; null: none does any more. */
  void swapping(Thread thread) {
    swapper = thread;
  }

  /** Holds new activities back. */
  void closeGate() {
    lock.lock();
    try {
      gateClosed = true;
    } finally {
      lock.unlock();
    }
  }

  void openGate() {
    lock.lock();
    try {
      gateClosed = false;
      change.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** This kernel begins nothing any more. */
  public void end() {
    lock.lock();
    try {
      over = true;
      change.signalAll();
    } finally {
      lock.unlock();
    }
  }

  public boolean isOver() {
    lock.lock();
    try {
      return over;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a condition holds, which is tested after every change.
   *
   * @param limit null: without one
   * @return false when it does not hold at the limit
   */
  public boolean await(BooleanSupplier condition, Duration limit) throws InterruptedException {
    long end = limit == null ? 0 : System.nanoTime() + limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (!condition.getAsBoolean()) {
        if (limit == null) {
          change.await();
          continue;
        }
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        change.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Something that {@link #await} may wait for has changed. */
  public void changed() {
    lock.lock();
    try {
      change.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void ended(Activity activity) {
    lock.lock();
    try {
      active.remove(activity);
      change.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Interrupts the commands in flight except this thread's, and waits until they have ended. */
  public void endCommands(Duration patience) throws InterruptedException {
    List<Activity> others;
    lock.lock();
    try {
      others = new ArrayList<>(active);
    } finally {
      lock.unlock();
    }
    var self = Thread.currentThread();
    others.removeIf(activity -> activity.thread() == null || activity.thread() == self);
    others.forEach(activity -> activity.thread().interrupt());
    await(() -> active.stream().noneMatch(others::contains), patience);
  }

  /** Fails for a wait that was interrupted; the thread stays interrupted. */
  static GitVanException interrupted(String place) {
    Thread.currentThread().interrupt();
    return GitVanException.of(
        Codes.INTERRUPTED, place, "interrupted while waiting for a bundle to be replaced", "");
  }
}
