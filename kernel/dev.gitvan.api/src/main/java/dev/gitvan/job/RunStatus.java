package dev.gitvan.job;

import java.util.Locale;

/** How a run ended. */
public enum RunStatus {
  OK,
  FAILED,
  CANCELLED,
  TIMEOUT,
  SKIPPED;

  /** As receipts carry it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
