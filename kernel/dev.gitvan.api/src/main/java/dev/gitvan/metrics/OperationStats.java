package dev.gitvan.metrics;

/**
 * What an operation's durations add up to. Percentiles are by nearest rank, from a histogram with
 * three significant digits. All times in seconds.
 *
 * @param count how many were recorded
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
