package dev.gitvan.metrics;

import java.util.List;

/**
 * How an operation's durations are distributed, for exporters.
 *
 * @param buckets one for each bound that was asked for, in their order
 * @param count how many durations were recorded, those above the last bound included
 * @param sum of all durations, in seconds
 */
public record OperationHistogram(
    Operation operation, List<Bucket> buckets, long count, double sum) {
  public OperationHistogram {
    buckets = List.copyOf(buckets);
  }

  /**
   * The durations up to a bound.
   *
   * @param bound in seconds, inclusive
   * @param count how many durations were not longer than that; grows from bucket to bucket
   */
  public record Bucket(double bound, long count) {}
}
