package dev.gitvan.kernel.internal.run;

import dev.gitvan.job.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Watches one attempt: at each limit's deadline it interrupts the thread that works under the
 * limit, and gives up when that does not end it within the grace. The thread that coordinates the
 * run does the watching, in {@link #await}: there is no timer. Every interrupt is sent under the
 * lock and only for an open limit, so that none reaches what comes after.
 */
final class Watch {
  /** A deadline that something must keep, and whom to interrupt. */
  static final class Limit {
    private final Deadline deadline;
    private final Thread worker;
    private boolean fired;
    private long patience;

    private Limit(Deadline deadline, Thread worker) {
      this.deadline = deadline;
      this.worker = worker;
    }
  }

  /** How an attempt ended. */
  enum End {
    /** It returned or threw. */
    RETURNED,
    /** It did not within its grace, and runs on. */
    STUCK
  }

  private final long grace;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition event = lock.newCondition();
  private final List<Limit> limits = new ArrayList<>();
  private boolean returned;
  private boolean cancelled;
  private boolean cancelSent;
  private boolean cancelledInTime;
  private long cancelPatience;
  private long wakeAt;

  Watch(Duration grace) {
    this.grace = grace.toNanos();
  }

  /** Puts a thread's work under a limit. */
  Limit open(Deadline deadline, Thread worker) {
    lock.lock();
    try {
      var limit = new Limit(deadline, worker);
      limits.add(limit);
      if (cancelSent) {
        worker.interrupt();
      } else if (deadline.nanoTime() - wakeAt < 0) {
        event.signal();
      }
      return limit;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends a limit, on the thread that worked under it.
   *
   * @return whether its deadline had passed and the work was interrupted
   */
  boolean close(Limit limit) {
    lock.lock();
    try {
      limits.remove(limit);
      boolean othersFired = limits.stream().anyMatch(l -> l.fired && l.worker == limit.worker);
      if (limit.fired && !cancelSent && !othersFired) {
        Thread.interrupted();
      }
      return limit.fired;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a limit's deadline has passed and its work was interrupted. */
  boolean fired(Limit limit) {
    lock.lock();
    try {
      return limit.fired;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a limit's deadline has passed. */
  boolean passed(Limit limit) {
    return limit.deadline.passed();
  }

  /** The earliest deadline of all open limits. */
  Deadline deadline() {
    lock.lock();
    try {
      return limits.stream().map(l -> l.deadline).reduce(Deadline::earlier).orElseThrow();
    } finally {
      lock.unlock();
    }
  }

  /** Interrupts everything; what has returned already is not affected. */
  void cancel() {
    lock.lock();
    try {
      cancelled = true;
      event.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Whether it was cancelled before it returned. */
  boolean isCancelled() {
    lock.lock();
    try {
      return returned ? cancelledInTime : cancelled;
    } finally {
      lock.unlock();
    }
  }

  /** The attempt's body has returned or thrown. */
  void returned() {
    lock.lock();
    try {
      returned = true;
      cancelledInTime = cancelled;
      event.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Watches until the attempt has ended. Being interrupted counts as cancellation. */
  End await() {
    lock.lock();
    try {
      while (true) {
        long now = System.nanoTime();
        long wait = returned ? Long.MAX_VALUE : send(now);
        if (returned) {
          return End.RETURNED;
        }
        if (wait <= 0) {
          return End.STUCK;
        }
        wakeAt = now + wait;
        try {
          event.awaitNanos(wait);
        } catch (InterruptedException e) {
          cancelled = true;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends the interrupts that are due; returns the time until the next event, 0 when stuck. */
  private long send(long now) {
    long wait = Long.MAX_VALUE / 2;
    if (cancelled && !cancelSent) {
      cancelSent = true;
      cancelPatience = now + grace;
      limits.forEach(limit -> limit.worker.interrupt());
    }
    if (cancelSent) {
      wait = cancelPatience - now;
    }
    for (var limit : limits) {
      if (!limit.fired && limit.deadline.nanoTime() - now <= 0) {
        limit.fired = true;
        limit.patience = now + grace;
        limit.worker.interrupt();
      }
      wait = Math.min(wait, (limit.fired ? limit.patience : limit.deadline.nanoTime()) - now);
    }
    return wait;
  }
}
