package dev.gitvan.job;

import java.util.Locale;

/** How a step ended. */
public enum StepStatus {
  OK,
  /** It ran, and everything was already as it should be. */
  UNCHANGED,
  /** Its condition did not hold. */
  SKIPPED,
  FAILED,
  CANCELLED,
  TIMEOUT;

  /** As receipts carry it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
