package dev.gitvan.job.spi;

import dev.gitvan.job.StepStatus;
import java.util.Map;

/**
 * How a step ended, when it did not throw.
 *
 * @param status {@code OK}, {@code UNCHANGED} or {@code SKIPPED}
 * @param message for people: one line such as {@code wrote CHANGELOG.md}, or empty
 * @param outputs what later steps see as {@code steps.NAME}
 */
public record StepResult(StepStatus status, String message, Map<String, Object> outputs) {
  public static StepResult ok(String message) {
    return new StepResult(StepStatus.OK, message, Map.of());
  }

  public static StepResult ok(String message, Map<String, Object> outputs) {
    return new StepResult(StepStatus.OK, message, outputs);
  }

  public static StepResult unchanged(String message) {
    return new StepResult(StepStatus.UNCHANGED, message, Map.of());
  }

  public static StepResult skipped(String message) {
    return new StepResult(StepStatus.SKIPPED, message, Map.of());
  }
}
