package dev.gitvan.metrics.internal;

import dev.gitvan.metrics.Operation;
import dev.gitvan.metrics.OperationHistogram;
import dev.gitvan.metrics.OperationHistogram.Bucket;
import dev.gitvan.metrics.OperationStats;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Statistics of a histogram, in seconds. */
final class HistogramStats {
  private static final double NANOS = 1e9;

  private HistogramStats() {}

  static OperationStats stats(Operation operation, Histogram histogram) {
    return OperationStats.builder(operation)
        .count(histogram.getTotalCount())
        .min(histogram.getMinValue() / NANOS)
        .max(histogram.getMaxValue() / NANOS)
        .mean(histogram.getMean() / NANOS)
        .p50(histogram.getValueAtPercentile(50) / NANOS)
        .p95(histogram.getValueAtPercentile(95) / NANOS)
        .p99(histogram.getValueAtPercentile(99) / NANOS)
        .build();
  }

  static OperationHistogram histogram(
      Operation operation, Histogram histogram, List<Double> bounds) {
    var buckets = new ArrayList<Bucket>(bounds.size());
    long count = 0;
    double previous = 0;
    var recorded = histogram.recordedValues().iterator();
    var next = recorded.hasNext() ? recorded.next() : null;
    for (double bound : bounds) {
      if (bound < previous) {
        throw new IllegalArgumentException("bounds must ascend: " + bounds);
      }
      previous = bound;
      // A value belongs to the bucket of its lowest equivalent: what was exactly the bound counts.
      while (next != null && lowest(histogram, next.getValueIteratedTo()) <= bound * NANOS) {
        count += next.getCountAddedInThisIterationStep();
        next = recorded.hasNext() ? recorded.next() : null;
      }
      buckets.add(new Bucket(bound, count));
    }
    return new OperationHistogram(
        operation, buckets, histogram.getTotalCount(), Durations.sum(histogram) / NANOS);
  }

  private static long lowest(Histogram histogram, long value) {
    return histogram.lowestEquivalentValue(value);
  }
}
