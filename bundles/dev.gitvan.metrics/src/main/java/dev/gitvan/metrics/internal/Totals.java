package dev.gitvan.metrics.internal;

import dev.gitvan.metrics.CounterId;
import dev.gitvan.metrics.Operation;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Sums of durations and counters, of one process or of many. Not thread-safe.
 *
 * @param histograms by operation, sorted
 * @param counters by id, sorted
 */
record Totals(Map<Operation, Histogram> histograms, Map<CounterId, Long> counters) {
  Totals() {
    this(new TreeMap<>(), new TreeMap<>());
  }

  boolean isEmpty() {
    return histograms.isEmpty() && counters.isEmpty();
  }

  /** The histogram of an operation, to add durations to. */
  Histogram histogram(Operation operation) {
    return histograms.computeIfAbsent(operation, missing -> Durations.empty());
  }

  void add(CounterId counter, long count) {
    counters.merge(counter, count, Long::sum);
  }
}
