package dev.gitvan.job;

/** Where an accepted run is between its acceptance and its end. */
public enum RunState {
  /** Accepted; it has not started. */
  WAITING,
  /** It has started. */
  RUNNING,
  /** It has a receipt. */
  ENDED,
  /** Its process ended before the run did. */
  LOST
}
