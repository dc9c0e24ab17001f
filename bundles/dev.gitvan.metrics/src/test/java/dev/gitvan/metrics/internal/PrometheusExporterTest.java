package dev.gitvan.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.metrics.CounterId;
import dev.gitvan.metrics.CounterValue;
import dev.gitvan.metrics.GaugeValue;
import dev.gitvan.metrics.MetricSnapshot;
import dev.gitvan.metrics.spi.MetricExporter;
import dev.gitvan.testkit.MetricExporterContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusExporterTest extends MetricExporterContract {
  @Override
  protected MetricExporter exporter() {
    return new PrometheusExporter();
  }

  @Test
  void writesTheTextFormat() throws Exception {
    assertThat(exporter().export(SAMPLE))
        .startsWith(
            """
            # HELP gitvan_operation_duration_seconds Duration of operations.
            # TYPE gitvan_operation_duration_seconds histogram
            gitvan_operation_duration_seconds_bucket{operation="cache.get",cache="templates",tier="heap",le="0.5"} 1
            gitvan_operation_duration_seconds_bucket{operation="cache.get",cache="templates",tier="heap",le="1.0"} 2
            gitvan_operation_duration_seconds_bucket{operation="cache.get",cache="templates",tier="heap",le="+Inf"} 2
            gitvan_operation_duration_seconds_sum{operation="cache.get",cache="templates",tier="heap"} 1.0
            gitvan_operation_duration_seconds_count{operation="cache.get",cache="templates",tier="heap"} 2
            """)
        .endsWith(
            """
            # TYPE gitvan_jobs_skipped_total counter
            gitvan_jobs_skipped_total 1
            # TYPE gitvan_mails_sent_total counter
            gitvan_mails_sent_total{kind="digest"} 12
            # HELP gitvan_disk_free_bytes Free space.
            # TYPE gitvan_disk_free_bytes gauge
            gitvan_disk_free_bytes 4096.0
            # TYPE gitvan_load gauge
            gitvan_load 0.75
            """);
  }

  @Test
  void namesATypeOnceAndEscapes() throws Exception {
    var snapshot =
        new MetricSnapshot(
            List.of(),
            List.of(),
            List.of(
                new CounterValue(CounterId.of("a_total"), 1),
                new CounterValue(new CounterId("a_total", Map.of("path", "\"\\\n")), 2)),
            List.of(new GaugeValue("used_bytes", "bytes", "a\\b\nc", 1)));

    assertThat(exporter().export(snapshot))
        .endsWith(
            """
            # TYPE gitvan_a_total counter
            gitvan_a_total 1
            gitvan_a_total{path="\\"\\\\\\n"} 2
            # HELP gitvan_used_bytes a\\\\b\\nc.
            # TYPE gitvan_used_bytes gauge
            gitvan_used_bytes 1.0
            """);
  }
}
