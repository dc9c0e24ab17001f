package dev.gitvan.job;

import java.util.Locale;

/** How a run ended. */
public enum RunStatus {
  OK,
  FAILED,
  CANCELLED,
  TIMEOUT,
  SKIPPED;

  /** The name in receipts. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
