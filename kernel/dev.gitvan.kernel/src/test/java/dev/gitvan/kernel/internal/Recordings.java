package dev.gitvan.kernel.internal;

import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import dev.gitvan.metrics.OperationHistogram;
import dev.gitvan.metrics.OperationStats;
import dev.gitvan.metrics.Recorder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what is recorded. */
public final class Recordings implements Metrics, SharedService {
  private final Map<Operation, Long> counts = new ConcurrentHashMap<>();
  private final ThreadLocal<Integer> silent = ThreadLocal.withInitial(() -> 0);

  public Map<Operation, Long> counts() {
    return new TreeMap<>(counts);
  }

  @Override
  public Recorder recorder(Operation operation) {
    return nanos -> {
      if (silent.get() == 0) {
        counts.merge(operation, 1L, Long::sum);
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
  public List<OperationHistogram> histograms(List<Double> bounds) {
    return List.of();
  }

  @Override
  public Silence silence() {
    silent.set(silent.get() + 1);
    return () -> silent.set(silent.get() - 1);
  }
}
