package dev.gitvan.job.spi;

import dev.gitvan.job.RunStatus;
import java.util.Map;

/**
 * How a job ended, when it did not throw.
 *
 * @param status {@code OK}, {@code SKIPPED} or {@code FAILED}
 * @param message for people: one line, or empty
 * @param outputs values for a job that called this one
 */
public record JobResult(RunStatus status, String message, Map<String, Object> outputs) {
  public static JobResult ok() {
    return ok("");
  }

  public static JobResult ok(String message) {
    return new JobResult(RunStatus.OK, message, Map.of());
  }

  public static JobResult skipped(String message) {
    return new JobResult(RunStatus.SKIPPED, message, Map.of());
  }

  public static JobResult failed(String message) {
    return new JobResult(RunStatus.FAILED, message, Map.of());
  }
}
