package dev.gitvan.metrics;

/**
 * What a counter has counted.
 *
 * @param count not negative
 */
public record CounterValue(CounterId counter, long count) {}
