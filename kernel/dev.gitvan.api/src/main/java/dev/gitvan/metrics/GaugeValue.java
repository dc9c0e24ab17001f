package dev.gitvan.metrics;

/**
 * What a gauge showed when it was read.
 *
 * @param name such as {@code memory.heap.used}
 * @param unit such as {@code bytes}; empty for a plain number
 * @param description what the number is; may be empty
 * @param value finite
 */
public record GaugeValue(String name, String unit, String description, double value) {}
