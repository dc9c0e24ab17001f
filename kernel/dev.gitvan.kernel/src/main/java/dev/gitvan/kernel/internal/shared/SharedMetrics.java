package dev.gitvan.kernel.internal.shared;

import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import dev.gitvan.metrics.OperationHistogram;
import dev.gitvan.metrics.OperationStats;
import dev.gitvan.metrics.Recorder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Metrics that are always there: they record into whichever implementation is in service, and
 * nothing while there is none. Nobody waits for metrics. Recorders stay valid across swaps.
 */
final class SharedMetrics implements Metrics {
  private final SharedServices services;
  private final Map<Operation, Forwarding> recorders = new ConcurrentHashMap<>();

  /** Numbers of silences that are open, by thread. */
  private final ThreadLocal<int[]> silences = new ThreadLocal<>();

  /** Counts changes of the implementation, so that recorders look again. */
  private volatile int changes;

  SharedMetrics(SharedServices services) {
    this.services = services;
  }

  /** The implementation may be another one now. */
  void changed() {
    changes++;
    // Nothing of an implementation that goes is kept.
    recorders.values().forEach(Forwarding::forget);
  }

  private final class Forwarding implements Recorder {
    private final Operation operation;
    private volatile Target target = Target.NONE;

    private record Target(int change, Recorder recorder) {
      static final Target NONE = new Target(-1, nanos -> {});
    }

    Forwarding(Operation operation) {
      this.operation = operation;
    }

    void forget() {
      target = Target.NONE;
    }

    @Override
    public void record(long nanos) {
      if (silences.get() != null) {
        return;
      }
      var now = target;
      int change = changes;
      if (now.change() != change) {
        now = new Target(change, with(metrics -> metrics.recorder(operation)));
        target = now;
      }
      now.recorder().record(nanos);
    }
  }

  @Override
  public Recorder recorder(Operation operation) {
    return recorders.computeIfAbsent(operation, Forwarding::new);
  }

  @Override
  public List<OperationStats> stats() {
    return with(Metrics::stats);
  }

  @Override
  public List<OperationStats> history() {
    return with(Metrics::history);
  }

  @Override
  public List<OperationHistogram> histograms(List<Double> bounds) {
    return with(metrics -> metrics.histograms(bounds));
  }

  @Override
  public Silence silence() {
    var open = silences.get();
    if (open == null) {
      open = new int[1];
      silences.set(open);
    }
    open[0]++;
    var counted = open;
    return () -> {
      if (--counted[0] == 0) {
        silences.remove();
      }
    };
  }

  private <R> R with(Function<Metrics, R> use) {
    var implementation = services.best(Metrics.class.getName());
    if (implementation == null) {
      return use.apply(NONE);
    }
    var answer = implementation.plugin().call(service -> use.apply((Metrics) service));
    return answer.failure() == null ? answer.value() : use.apply(NONE);
  }
}
