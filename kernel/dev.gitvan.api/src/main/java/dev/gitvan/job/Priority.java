package dev.gitvan.job;

/** The order in which waiting runs start; within one priority, first come first served. */
public enum Priority {
  HIGH,
  NORMAL,
  LOW
}
