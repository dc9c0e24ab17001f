package dev.gitvan.bench.internal;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The durations of one operation by one contender, in nanoseconds. Percentiles are by nearest rank:
 * the smallest sample that at least that share of all samples does not exceed.
 */
final class Samples {
  private long[] nanos = new long[256];
  private int count;

  void add(long duration) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, count * 2);
    }
    nanos[count++] = duration;
  }

  int count() {
    return count;
  }

  /**
   * The percentile in milliseconds.
   *
   * @param share 0 to 1
   */
  double percentile(double share) {
    if (count == 0) {
      return Double.NaN;
    }
    var sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * count);
    return sorted[Math.max(rank, 1) - 1] / 1e6;
  }

  /** One result, as {@code --json} prints it; times in milliseconds. */
  Map<String, Object> toMap(String operation, String contender, int run) {
    var map = new LinkedHashMap<String, Object>();
    map.put("op", operation);
    map.put("peer", contender);
    map.put("run", run);
    map.put("unit", "ms");
    map.put("n", count);
    map.put("p50", percentile(0.50));
    map.put("p95", percentile(0.95));
    map.put("p99", percentile(0.99));
    map.put("mean", Arrays.stream(nanos, 0, count).average().orElse(Double.NaN) / 1e6);
    map.put("min", percentile(0));
    map.put("max", percentile(1));
    return map;
  }
}
