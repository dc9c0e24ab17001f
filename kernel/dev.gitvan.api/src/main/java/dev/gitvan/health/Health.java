package dev.gitvan.health;

import java.util.Objects;

/**
 * Result of a health check.
 *
 * @param cause what is wrong, a sentence without its full stop; if healthy a detail worth knowing,
 *     which may be empty
 * @param nextStep what the user can do, whole sentences; empty if healthy
 */
public record Health(Status status, String cause, String nextStep) {
  /** How well something works. */
  public enum Status {
    /** Everything works. */
    HEALTHY,
    /** It works, but with restrictions, or not for much longer. */
    DEGRADED,
    /** It does not work. */
    FAILED
  }

  /**
   * @throws IllegalArgumentException when it is not healthy and the cause or the next step is blank
   */
  public Health {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(cause, "cause");
    Objects.requireNonNull(nextStep, "nextStep");
    if (status != Status.HEALTHY && (cause.isBlank() || nextStep.isBlank())) {
      throw new IllegalArgumentException("a cause and a next step are required");
    }
  }

  /** Everything works. */
  public static Health healthy() {
    return healthy("");
  }

  /** Everything works, with a detail worth knowing, such as {@code 12 GiB are free}. */
  public static Health healthy(String detail) {
    return new Health(Status.HEALTHY, detail, "");
  }

  /** It works, but with restrictions, or not for much longer. */
  public static Health degraded(String cause, String nextStep) {
    return new Health(Status.DEGRADED, cause, nextStep);
  }

  /** It does not work. */
  public static Health failed(String cause, String nextStep) {
    return new Health(Status.FAILED, cause, nextStep);
  }
}
