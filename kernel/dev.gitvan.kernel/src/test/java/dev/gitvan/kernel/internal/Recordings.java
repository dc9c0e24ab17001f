package dev.gitvan.kernel.internal;

import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.metrics.Counter;
import dev.gitvan.metrics.CounterId;
import dev.gitvan.metrics.MetricSnapshot;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import dev.gitvan.metrics.OperationStats;
import dev.gitvan.metrics.Recorder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Counts durations that are recorded, and keeps counters. */
public final class Recordings implements Metrics, SharedService {
  private final Map<Operation, Long> counts = new ConcurrentHashMap<>();
  private final Map<CounterId, Long> counters = new ConcurrentHashMap<>();
  private final ThreadLocal<Integer> mutings = ThreadLocal.withInitial(() -> 0);

  public Map<Operation, Long> counts() {
    return new TreeMap<>(counts);
  }

  public Map<CounterId, Long> counters() {
    return new TreeMap<>(counters);
  }

  @Override
  public Recorder recorder(Operation operation) {
    return nanos -> {
      if (mutings.get() == 0) {
        counts.merge(operation, 1L, Long::sum);
      }
    };
  }

  @Override
  public Counter counter(CounterId counter) {
    return amount -> {
      if (mutings.get() == 0) {
        counters.merge(counter, amount, Long::sum);
      }
    };
  }

  @Override
  public List<OperationStats> stats() {
    return List.of();
  }

  @Override
  public List<OperationStats> history() {
    return List.of();
  }

  @Override
  public MetricSnapshot snapshot() {
    return MetricSnapshot.EMPTY;
  }

  @Override
  public Muting mute() {
    mutings.set(mutings.get() + 1);
    return () -> mutings.set(mutings.get() - 1);
  }
}
