package dev.gitvan.template.internal;

import dev.gitvan.metrics.Recorder;
import java.io.IOException;
import java.io.InterruptedIOException;

/** How fast outputs are written: asked before each piece. Safe for any thread. */
@FunctionalInterface
interface Pace {
  /** As fast as they can. */
  Pace NONE = bytes -> {};

  /**
   * Waits until so many bytes may be written.
   *
   * @throws InterruptedIOException when the thread is interrupted, and still is then
   */
  void await(int bytes) throws IOException;

  /**
   * At a rate.
   *
   * @param rate bytes per second
   * @param waits takes how long each wait was
   */
  static Pace of(RateLimiter limiter, long rate, Recorder waits) {
    return bytes -> {
      try {
        long nanos = limiter.acquire(bytes, rate);
        if (nanos > 0) {
          waits.record(nanos);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    };
  }
}
