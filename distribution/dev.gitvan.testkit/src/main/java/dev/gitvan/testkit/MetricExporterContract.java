package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.metrics.CounterId;
import dev.gitvan.metrics.CounterValue;
import dev.gitvan.metrics.GaugeValue;
import dev.gitvan.metrics.MetricSnapshot;
import dev.gitvan.metrics.Operation;
import dev.gitvan.metrics.OperationHistogram;
import dev.gitvan.metrics.OperationHistogram.Bucket;
import dev.gitvan.metrics.OperationStats;
import dev.gitvan.metrics.spi.MetricExporter;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What every metric exporter must do, whatever its format. Extend it, return the exporter, and add
 * tests of the format with {@link #SAMPLE}. An exporter that hangs fails the test.
 */
public abstract class MetricExporterContract extends Contract {
  /** Two operations, two counters and two gauges; one of each kind but gauges has labels. */
  protected static final MetricSnapshot SAMPLE =
      snapshot(
          List.of(Operation.cacheGet("templates", "heap"), Operation.JOB_RUN),
          List.of(
              new CounterValue(CounterId.of("jobs.skipped"), 1),
              new CounterValue(new CounterId("mails.sent", Map.of("kind", "digest")), 12)),
          List.of(
              new GaugeValue("disk.free", "bytes", "Free space", 4096),
              new GaugeValue("load", "", "", 0.75)));

  /** Values that no format may break at. */
  private static final MetricSnapshot HOSTILE =
      snapshot(
          List.of(new Operation("cache.get", Map.of("cache", "a\"b\\c,d\ne={f} é\u0001"))),
          List.of(new CounterValue(CounterId.of("many"), Long.MAX_VALUE)),
          List.of(
              new GaugeValue("small", "", "a \"b\"\n\\ {c}, é", Double.MIN_VALUE),
              new GaugeValue("large", "seconds", "", -Double.MAX_VALUE)));

  /** A new exporter, as its component would be. */
  protected abstract MetricExporter exporter() throws Exception;

  @Test
  void exportsEveryMetric() throws Exception {
    var words = new TreeSet<>(List.of(exporter().export(SAMPLE).split("[^a-z]+")));
    assertThat(words)
        .contains("cache", "job", "jobs", "skipped", "mails", "digest", "disk", "free", "load");
  }

  @Test
  void exportsEverySnapshot() throws Exception {
    for (var snapshot : List.of(MetricSnapshot.EMPTY, SAMPLE, HOSTILE)) {
      assertThat(exporter().export(snapshot)).isNotNull().doesNotContain("\u0000");
    }
  }

  @Test
  void endsItsLastLine() throws Exception {
    assertThat(exporter().export(SAMPLE)).endsWith("\n").doesNotContain("\r\n");
  }

  @Test
  void exportsTheSameTwice() throws Exception {
    var exporter = exporter();
    var first = exporter.export(SAMPLE);
    exporter.export(HOSTILE);
    assertThat(exporter.export(SAMPLE)).isEqualTo(first);
  }

  @Test
  void canBeCalledByManyThreads() throws Exception {
    var exporter = exporter();
    var alone = exporter.export(SAMPLE);
    assertThat(HostCalls.concurrently(() -> exporter.export(SAMPLE))).containsOnly(alone);
  }

  private static OperationStats stats(Operation operation) {
    return OperationStats.builder(operation)
        .count(2)
        .min(0.25)
        .max(0.75)
        .mean(0.5)
        .p50(0.25)
        .p95(0.75)
        .p99(0.75)
        .build();
  }

  private static MetricSnapshot snapshot(
      List<Operation> operations, List<CounterValue> counters, List<GaugeValue> gauges) {
    return new MetricSnapshot(
        operations.stream().map(MetricExporterContract::stats).toList(),
        operations.stream()
            .map(
                name ->
                    new OperationHistogram(
                        name, List.of(new Bucket(0.5, 1), new Bucket(1, 2)), 2, 1))
            .toList(),
        counters,
        gauges);
  }
}
