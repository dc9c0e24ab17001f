package dev.gitvan.job;

/** Priority of waiting runs; runs of equal priority start in the order of arrival. */
public enum Priority {
  HIGH,
  NORMAL,
  LOW
}
