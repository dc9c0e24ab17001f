package dev.gitvan.metrics.internal;

import dev.gitvan.extension.spi.GitVanSharedService;
import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.home.GitVanHome;
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
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.Histogram;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.LoggerFactory;

/** Histograms in memory, which outlive the process as files in the user's state directory. */
@Component(service = SharedService.class)
@GitVanSharedService(type = Metrics.class)
public final class HistogramMetrics implements Metrics, SharedService {
  private final Map<Operation, LiveRecorder> recorders = new ConcurrentHashMap<>();
  private final Silences silences = new Silences();
  private final HistoryStore store;

  @Activate
  public HistogramMetrics(BundleContext context) {
    this(GitVanHome.of(context::getProperty).state().resolve("metrics"), Clock.systemUTC());
  }

  /**
   * @param directory where figures are left; null: nowhere
   */
  HistogramMetrics(Path directory, Clock clock) {
    this.store = directory == null ? null : new HistoryStore(directory, clock);
  }

  /** Leaves this process's figures for the next ones. */
  @Deactivate
  void leave() {
    if (store == null) {
      return;
    }
    try {
      store.add(live(new TreeMap<>()));
    } catch (IOException e) {
      // Figures are no reason for a command to fail.
      LoggerFactory.getLogger(HistogramMetrics.class).warn("Measurements could not be kept", e);
    }
  }

  @Override
  public Recorder recorder(Operation operation) {
    return recorders.computeIfAbsent(operation, key -> new LiveRecorder(silences));
  }

  @Override
  public List<OperationStats> stats() {
    return figures(live(new TreeMap<>()));
  }

  @Override
  public List<OperationStats> history() {
    return figures(all());
  }

  @Override
  public List<OperationHistogram> histograms(List<Double> bounds) {
    return all().entrySet().stream()
        .map(entry -> Figures.histogram(entry.getKey(), entry.getValue(), bounds))
        .toList();
  }

  @Override
  public Silence silence() {
    return silences.open();
  }

  private Map<Operation, Histogram> all() {
    return live(store == null ? new TreeMap<>() : store.read());
  }

  private Map<Operation, Histogram> live(Map<Operation, Histogram> sums) {
    recorders.forEach(
        (operation, recorder) ->
            sums.compute(operation, (key, histogram) -> recorder.addTo(histogram)));
    return sums;
  }

  private static List<OperationStats> figures(Map<Operation, Histogram> histograms) {
    return histograms.entrySet().stream()
        .map(entry -> Figures.stats(entry.getKey(), entry.getValue()))
        .toList();
  }
}
