package dev.gitvan.kernel.internal.swap;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A run or a command in flight, and the contributions that it has used: each stays callable until
 * the activity ends, also when its bundle is being replaced. Safe for any thread.
 */
public final class Activity implements AutoCloseable {
  private final Activities all;
  private final String label;
  private final long age;
  private final Thread thread;
  private final Set<Holdable> kept = new LinkedHashSet<>();
  private final Map<Thread, Called> calls = new ConcurrentHashMap<>();
  private final List<Runnable> afterwards = new ArrayList<>();
  private boolean ended;
  private boolean parked;

  /**
   * @param label names it for people
   * @param age the number of withdrawals before it began
   * @param thread that carries it out; null when that is not one thread
   */
  Activity(Activities all, String label, long age, Thread thread) {
    this.all = all;
    this.label = label;
    this.age = age;
    this.thread = thread;
  }

  /** Whether it began before a withdrawal, and so may still use what was withdrawn. */
  public boolean isOlderThan(long withdrawal) {
    return age < withdrawal;
  }

  /** Whether what it uses is kept for it: not once it has ended, or while it is parked. */
  public synchronized boolean isKeeping() {
    return !ended && !parked;
  }

  /** Keeps a contribution until the activity ends; false when the contribution is retired. */
  public synchronized boolean keep(Holdable used) {
    if (ended || parked || kept.contains(used)) {
      return true;
    }
    if (!used.addHolder()) {
      return false;
    }
    return kept.add(used);
  }

  /** Whether it has used a contribution of a bundle. */
  public synchronized boolean uses(long bundleId) {
    return kept.stream().anyMatch(used -> used.bundleId() == bundleId);
  }

  /** Notes that this thread calls a contribution, until the binding is closed. */
  public Activities.Binding calling(Called called) {
    var thread = Thread.currentThread();
    var outer = calls.put(thread, called);
    return () -> {
      if (outer == null) {
        calls.remove(thread);
      } else {
        calls.put(thread, outer);
      }
    };
  }

  /** The innermost contribution that a thread is calling; null when it calls none. */
  public Called calledBy(Thread caller) {
    return calls.get(caller);
  }

  /** What it has used and may go on with. */
  public synchronized List<Holdable> kept() {
    return List.copyOf(kept);
  }

  /**
   * The bundles that were removed by force while the activity used them, by symbolic name and
   * version.
   */
  public synchronized List<String> lost() {
    return kept.stream().filter(Holdable::isLost).map(Holdable::bundle).distinct().toList();
  }

  /** Releases everything and counts as ended. Can be called more than once. */
  @Override
  public void close() {
    List<Holdable> held;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      held = List.copyOf(kept);
      kept.clear();
    }
    held.forEach(Holdable::release);
    all.ended(this);
  }

  /** Uses nothing, and is not waited for, until it is resumed: it hosts activities of others. */
  public void park(boolean hosting) {
    List<Holdable> held = List.of();
    synchronized (this) {
      parked = hosting;
      if (hosting) {
        held = List.copyOf(kept);
        kept.clear();
      }
    }
    held.forEach(Holdable::release);
    all.changed();
  }

  synchronized boolean isParked() {
    return parked;
  }

  /** Adds what is to be done when the command has returned. */
  synchronized void afterwards(Runnable work) {
    afterwards.add(work);
  }

  /** What is to be done when the command has returned. */
  public synchronized List<Runnable> afterwards() {
    return List.copyOf(afterwards);
  }

  Thread thread() {
    return thread;
  }

  @Override
  public String toString() {
    return label;
  }
}
