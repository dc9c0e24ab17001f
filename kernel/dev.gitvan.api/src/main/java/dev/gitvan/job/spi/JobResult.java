package dev.gitvan.job.spi;

import dev.gitvan.job.RunStatus;
import java.util.Map;

/**
 * The result of a job that returned normally.
 *
 * @param status {@code OK}, {@code SKIPPED} or {@code FAILED}
 * @param message one line for people, or empty
 * @param outputs values for the calling job
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
