package dev.gitvan.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All metrics at a moment. Immutable.
 *
 * @param operations ordered by operation
 * @param histograms the same durations by bucket: one histogram for each operation, all with the
 *     bounds {@link OperationHistogram#BOUNDS}
 * @param counters ordered by id
 * @param gauges ordered by name
 */
public record MetricSnapshot(
    List<OperationStats> operations,
    List<OperationHistogram> histograms,
    List<CounterValue> counters,
    List<GaugeValue> gauges) {
  /** Nothing has been measured. */
  public static final MetricSnapshot EMPTY =
      new MetricSnapshot(List.of(), List.of(), List.of(), List.of());

  public MetricSnapshot {
    operations = List.copyOf(operations);
    histograms = List.copyOf(histograms);
    counters = List.copyOf(counters);
    gauges = List.copyOf(gauges);
  }

  /**
   * The fields in their stable order, as JSON has them: {@code operations}, {@code counters} and
   * {@code gauges}. Times are in seconds.
   */
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("operations", operations.stream().map(MetricSnapshot::toMap).toList());
    map.put("counters", counters.stream().map(MetricSnapshot::toMap).toList());
    map.put("gauges", gauges.stream().map(MetricSnapshot::toMap).toList());
    return map;
  }

  private static Map<String, Object> toMap(OperationStats stats) {
    var map = new LinkedHashMap<String, Object>();
    map.put("operation", stats.operation().name());
    map.put("labels", stats.operation().labels());
    map.put("count", stats.count());
    map.put("min", stats.min());
    map.put("max", stats.max());
    map.put("mean", stats.mean());
    map.put("p50", stats.p50());
    map.put("p95", stats.p95());
    map.put("p99", stats.p99());
    return map;
  }

  private static Map<String, Object> toMap(CounterValue counter) {
    var map = new LinkedHashMap<String, Object>();
    map.put("counter", counter.counter().name());
    map.put("labels", counter.counter().labels());
    map.put("count", counter.count());
    return map;
  }

  private static Map<String, Object> toMap(GaugeValue gauge) {
    var map = new LinkedHashMap<String, Object>();
    map.put("gauge", gauge.name());
    map.put("unit", gauge.unit());
    map.put("description", gauge.description());
    map.put("value", gauge.value());
    return map;
  }
}
