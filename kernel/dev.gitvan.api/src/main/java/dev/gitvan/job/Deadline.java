package dev.gitvan.job;

import java.time.Duration;

/**
 * A deadline on the monotonic clock, which changes of the wall clock do not affect.
 *
 * @param nanoTime a {@link System#nanoTime()}
 */
public record Deadline(long nanoTime) {
  /** Returns the deadline after a duration from now. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** The time left; zero when it has passed. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
  }

  /** Whether it has passed. */
  public boolean passed() {
    return nanoTime - System.nanoTime() <= 0;
  }

  /** The earlier of two. */
  public Deadline earlier(Deadline other) {
    return nanoTime - other.nanoTime <= 0 ? this : other;
  }
}
