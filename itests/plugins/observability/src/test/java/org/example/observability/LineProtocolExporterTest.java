package org.example.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.metrics.spi.MetricExporter;
import dev.gitvan.testkit.MetricExporterContract;
import org.junit.jupiter.api.Test;

class LineProtocolExporterTest extends MetricExporterContract {
  @Override
  protected MetricExporter exporter() {
    return new LineProtocolExporter();
  }

  @Test
  void writesOneLineForEachMetric() throws Exception {
    assertThat(exporter().export(SAMPLE))
        .isEqualTo(
            """
            gitvan.operation,cache=templates,operation=cache.get,tier=heap count=2i,mean=0.5,p99=0.75
            gitvan.operation,operation=job.run count=2i,mean=0.5,p99=0.75
            gitvan.jobs.skipped count=1i
            gitvan.mails.sent,kind=digest count=12i
            gitvan.disk.free value=4096.0
            gitvan.load value=0.75
            """);
  }
}
