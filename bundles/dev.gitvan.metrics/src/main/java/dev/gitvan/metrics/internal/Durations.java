package dev.gitvan.metrics.internal;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/** The range and precision that all histograms share: 1 ns to 1 h with three significant digits. */
final class Durations {
  private static final long SHORTEST = 1;
  private static final long LONGEST = 3_600_000_000_000L;
  private static final int DIGITS = 3;

  private Durations() {}

  /** A histogram that any thread may record into. */
  static AtomicHistogram shared() {
    return new AtomicHistogram(SHORTEST, LONGEST, DIGITS);
  }

  /** A histogram for one thread. */
  static Histogram empty() {
    return new Histogram(SHORTEST, LONGEST, DIGITS);
  }

  /** The nearest duration that a histogram takes. */
  static long clamp(long nanos) {
    return Math.min(Math.max(nanos, SHORTEST), LONGEST);
  }

  /** The sum of what was recorded, as precise as the histogram, in nanoseconds. */
  static double sum(AbstractHistogram histogram) {
    return histogram.getMean() * histogram.getTotalCount();
  }
}
