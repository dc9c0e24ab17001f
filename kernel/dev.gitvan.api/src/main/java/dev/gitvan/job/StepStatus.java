package dev.gitvan.job;

import java.util.Locale;

/** How a step ended. */
public enum StepStatus {
  OK,
  /** It ran, and everything was already up to date. */
  UNCHANGED,
  /** Its condition was false. */
  SKIPPED,
  FAILED,
  CANCELLED,
  TIMEOUT;

  /** The name in receipts. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
