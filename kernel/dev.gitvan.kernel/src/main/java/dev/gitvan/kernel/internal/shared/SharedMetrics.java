package dev.gitvan.kernel.internal.shared;

import dev.gitvan.metrics.Counter;
import dev.gitvan.metrics.CounterId;
import dev.gitvan.metrics.MetricSnapshot;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import dev.gitvan.metrics.OperationStats;
import dev.gitvan.metrics.Recorder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Metrics that are always there: they record into the implementation that is in service, and
 * nothing while there is none. Nobody waits for metrics. Recorders and counters stay valid across
 * swaps.
 */
final class SharedMetrics implements Metrics {
  private final SharedServices services;
  private final Map<Operation, Forwarding> recorders = new ConcurrentHashMap<>();
  private final Map<CounterId, Forwarding> counters = new ConcurrentHashMap<>();

  /** Number of mutings that are open, by thread. */
  private final ThreadLocal<int[]> mutings = new ThreadLocal<>();

  /** Counts changes of the implementation, so that recorders and counters look it up again. */
  private volatile int changes;

  SharedMetrics(SharedServices services) {
    this.services = services;
  }

  /** The implementation may be another one now. */
  void changed() {
    changes++;
    // Nothing of an implementation that goes is kept.
    recorders.values().forEach(Forwarding::forget);
    counters.values().forEach(Forwarding::forget);
  }

  /** A recorder or a counter: both take a number. */
  private final class Forwarding implements Recorder, Counter {
    private final Function<Metrics, LongConsumer> lookUp;
    private volatile Target target = Target.NONE;

    private record Target(int change, LongConsumer consumer) {
      static final Target NONE = new Target(-1, number -> {});
    }

    Forwarding(Function<Metrics, LongConsumer> lookUp) {
      this.lookUp = lookUp;
    }

    void forget() {
      target = Target.NONE;
    }

    @Override
    public void record(long nanos) {
      forward(nanos);
    }

    @Override
    public void add(long amount) {
      forward(amount);
    }

    private void forward(long number) {
      if (mutings.get() != null) {
        return;
      }
      var now = target;
      int change = changes;
      if (now.change() != change) {
        now = new Target(change, with(lookUp));
        target = now;
      }
      now.consumer().accept(number);
    }
  }

  @Override
  public Recorder recorder(Operation operation) {
    return recorders.computeIfAbsent(
        operation, key -> new Forwarding(metrics -> metrics.recorder(key)::record));
  }

  @Override
  public Counter counter(CounterId counter) {
    return counters.computeIfAbsent(
        counter, key -> new Forwarding(metrics -> metrics.counter(key)::add));
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
  public MetricSnapshot snapshot() {
    return with(Metrics::snapshot);
  }

  @Override
  public Muting mute() {
    var open = mutings.get();
    if (open == null) {
      open = new int[1];
      mutings.set(open);
    }
    open[0]++;
    var counted = open;
    return () -> {
      if (--counted[0] == 0) {
        mutings.remove();
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
