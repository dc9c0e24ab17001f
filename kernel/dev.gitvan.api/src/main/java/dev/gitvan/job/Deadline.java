package dev.gitvan.job;

import java.time.Duration;

/**
 * The moment at which something must have ended, on the monotonic clock: changes of the wall clock
 * do not move it.
 *
 * @param nanoTime a {@link System#nanoTime()}
 */
public record Deadline(long nanoTime) {
  /** A deadline that long from now. */
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
