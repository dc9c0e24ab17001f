package dev.gitvan.metrics.internal;

import dev.gitvan.extension.spi.GitVanSharedService;
import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.home.GitVanHome;
import dev.gitvan.metrics.Counter;
import dev.gitvan.metrics.CounterId;
import dev.gitvan.metrics.CounterValue;
import dev.gitvan.metrics.GaugeValue;
import dev.gitvan.metrics.MetricSnapshot;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import dev.gitvan.metrics.OperationHistogram;
import dev.gitvan.metrics.OperationStats;
import dev.gitvan.metrics.Recorder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.LoggerFactory;

/**
 * Histograms and counters in memory, which outlive the process as files in the user's state
 * directory.
 */
@Component(service = SharedService.class)
@GitVanSharedService(type = Metrics.class)
public final class HistogramMetrics implements Metrics, SharedService {
  private final Map<Operation, LiveRecorder> recorders = new ConcurrentHashMap<>();
  private final Map<CounterId, LiveCounter> counters = new ConcurrentHashMap<>();
  private final MutedThreads muted = new MutedThreads();
  private final HistoryStore store;
  private final Supplier<List<GaugeValue>> gauges;

  @Activate
  public HistogramMetrics(BundleContext context, @Reference Gauges gauges) {
    this(
        GitVanHome.of(context::getProperty).state().resolve("metrics"),
        Clock.systemUTC(),
        gauges::values);
  }

  /** Metrics of this process only. */
  public static HistogramMetrics inMemory(Gauges gauges) {
    return new HistogramMetrics(null, Clock.systemUTC(), gauges::values);
  }

  /**
   * @param directory where metrics are left; null: nowhere
   */
  HistogramMetrics(Path directory, Clock clock, Supplier<List<GaugeValue>> gauges) {
    this.store = directory == null ? null : new HistoryStore(directory, clock);
    this.gauges = gauges;
  }

  /** Leaves this process's metrics for the next ones. */
  @Deactivate
  void leave() {
    if (store == null) {
      return;
    }
    try {
      store.add(withLive(new Totals()));
    } catch (IOException e) {
      // Lost metrics are no reason for a command to fail.
      LoggerFactory.getLogger(HistogramMetrics.class).warn("Metrics could not be kept", e);
    }
  }

  @Override
  public Recorder recorder(Operation operation) {
    return recorders.computeIfAbsent(operation, key -> new LiveRecorder(muted));
  }

  @Override
  public Counter counter(CounterId counter) {
    return counters.computeIfAbsent(counter, key -> new LiveCounter(muted));
  }

  @Override
  public List<OperationStats> stats() {
    return stats(withLive(new Totals()));
  }

  @Override
  public List<OperationStats> history() {
    return stats(all());
  }

  @Override
  public MetricSnapshot snapshot() {
    var totals = all();
    return new MetricSnapshot(stats(totals), histograms(totals), counters(totals), gauges.get());
  }

  @Override
  public Muting mute() {
    return muted.add();
  }

  private Totals all() {
    return withLive(store == null ? new Totals() : store.read());
  }

  private Totals withLive(Totals totals) {
    recorders.forEach(
        (operation, recorder) -> {
          var recorded = recorder.histogram();
          if (recorded != null) {
            totals.histogram(operation).add(recorded);
          }
        });
    counters.forEach(
        (id, counter) -> {
          long count = counter.count();
          if (count > 0) {
            totals.add(id, count);
          }
        });
    return totals;
  }

  private static List<OperationStats> stats(Totals totals) {
    return totals.histograms().entrySet().stream()
        .map(entry -> HistogramStats.stats(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static List<OperationHistogram> histograms(Totals totals) {
    return totals.histograms().entrySet().stream()
        .map(
            entry ->
                HistogramStats.histogram(
                    entry.getKey(), entry.getValue(), OperationHistogram.BOUNDS))
        .toList();
  }

  private static List<CounterValue> counters(Totals totals) {
    return totals.counters().entrySet().stream()
        .map(entry -> new CounterValue(entry.getKey(), entry.getValue()))
        .toList();
  }
}
