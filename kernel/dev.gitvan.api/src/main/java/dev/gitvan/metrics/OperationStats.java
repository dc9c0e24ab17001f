package dev.gitvan.metrics;

/**
 * Statistics of an operation's durations. Percentiles are by nearest rank, from a histogram with
 * three significant digits. All times are in seconds.
 *
 * @param count number of durations
 */
public record OperationStats(
    Operation operation,
    long count,
    double min,
    double max,
    double mean,
    double p50,
    double p95,
    double p99) {}
