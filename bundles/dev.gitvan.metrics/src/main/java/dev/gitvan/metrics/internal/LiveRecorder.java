package dev.gitvan.metrics.internal;

import dev.gitvan.metrics.Recorder;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/**
 * Records one operation of this process: a few atomic additions, no lock. The histogram (some 260
 * KiB) is made by the first duration, since components take recorders that they may never use.
 */
final class LiveRecorder implements Recorder {
  private final Silences silences;
  private volatile AtomicHistogram histogram;

  LiveRecorder(Silences silences) {
    this.silences = silences;
  }

  @Override
  public void record(long nanos) {
    if (!silences.here()) {
      var target = histogram;
      (target == null ? make() : target).recordValue(Durations.clamp(nanos));
    }
  }

  /** Adds what has been recorded so far; null when nothing has, and {@code sum} is null. */
  Histogram addTo(Histogram sum) {
    var source = histogram;
    if (source == null) {
      return sum;
    }
    var target = sum == null ? Durations.empty() : sum;
    target.add(source);
    return target;
  }

  private synchronized AtomicHistogram make() {
    if (histogram == null) {
      histogram = Durations.shared();
    }
    return histogram;
  }
}
