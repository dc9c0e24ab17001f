package dev.gitvan.metrics.internal;

import dev.gitvan.metrics.Recorder;
import org.HdrHistogram.AtomicHistogram;

/**
 * Records one operation of this process: a few atomic additions, no lock. The histogram (some 260
 * KiB) is created by the first duration, since components get recorders that they may never use.
 */
final class LiveRecorder implements Recorder {
  private final MutedThreads muted;
  private volatile AtomicHistogram histogram;

  LiveRecorder(MutedThreads muted) {
    this.muted = muted;
  }

  @Override
  public void record(long nanos) {
    if (!muted.hasCurrent()) {
      var target = histogram;
      (target == null ? create() : target).recordValue(Durations.clamp(nanos));
    }
  }

  /** What has been recorded so far; null when nothing has. */
  AtomicHistogram histogram() {
    return histogram;
  }

  private synchronized AtomicHistogram create() {
    if (histogram == null) {
      histogram = Durations.shared();
    }
    return histogram;
  }
}
