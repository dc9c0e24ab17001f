package dev.gitvan.job;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Receives the events of runs, in the order in which they happen in one run. Lines that a run
 * prints from several threads, and events of different runs that one order leads to (those called
 * within, and those in {@code then}), may come concurrently. Must be safe for any thread and return
 * quickly; exceptions are ignored.
 */
@FunctionalInterface
@ConsumerType
public interface RunListener {
  /** Ignores all events. */
  RunListener NONE = event -> {};

  /** Something happened. Events of types that the listener does not know are to be ignored. */
  void on(RunEvent event);
}
