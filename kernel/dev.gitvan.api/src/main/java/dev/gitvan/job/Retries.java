package dev.gitvan.job;

import java.time.Duration;

/**
 * The retries of failed attempts. Timeouts, cancellations and user errors are not retried.
 *
 * @param max further attempts after the first, 0 to 10
 * @param backoff wait before the second attempt; doubled before each further attempt
 */
public record Retries(int max, Duration backoff) {
  public static final Retries NONE = new Retries(0, Duration.ZERO);

  /** The wait before an attempt, counted from 1; zero for the first. */
  public Duration before(int attempt) {
    return attempt <= 1 ? Duration.ZERO : backoff.multipliedBy(1L << Math.min(attempt - 2, 20));
  }
}
