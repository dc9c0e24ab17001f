package dev.gitvan.job;

import java.time.Duration;

/**
 * How often a failed attempt is tried again. A deadline, a cancellation and the user's own errors
 * are final.
 *
 * @param max further attempts after the first, 0 to 10
 * @param backoff wait before the second attempt; it doubles before each further one
 */
public record Retries(int max, Duration backoff) {
  public static final Retries NONE = new Retries(0, Duration.ZERO);

  /** The wait before attempt {@code attempt}, which counts from 1; zero for the first. */
  public Duration before(int attempt) {
    return attempt <= 1 ? Duration.ZERO : backoff.multipliedBy(1L << Math.min(attempt - 2, 20));
  }
}
