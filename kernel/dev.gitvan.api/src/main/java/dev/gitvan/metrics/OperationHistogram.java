package dev.gitvan.metrics;

import java.util.List;

/**
 * Distribution of an operation's durations.
 *
 * @param buckets in ascending order of their bounds
 * @param count number of durations, those above the last bound included
 * @param sum of all durations, in seconds
 */
public record OperationHistogram(
    Operation operation, List<Bucket> buckets, long count, double sum) {
  /** Upper bounds of the buckets in a {@link MetricSnapshot}, in seconds. */
  public static final List<Double> BOUNDS =
      List.of(
          0.00001, 0.00005, 0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5,
          1.0, 2.5, 5.0, 10.0, 60.0);

  public OperationHistogram {
    buckets = List.copyOf(buckets);
  }

  /**
   * The durations up to a bound.
   *
   * @param bound in seconds, inclusive
   * @param count number of durations that were not longer; cumulative
   */
  public record Bucket(double bound, long count) {}
}
