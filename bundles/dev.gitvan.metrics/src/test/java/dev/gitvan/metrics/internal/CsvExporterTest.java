package dev.gitvan.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.metrics.spi.MetricExporter;
import dev.gitvan.testkit.MetricExporterContract;
import org.junit.jupiter.api.Test;

class CsvExporterTest extends MetricExporterContract {
  @Override
  protected MetricExporter exporter() {
    return new CsvExporter();
  }

  @Test
  void writesALineForEachMetric() throws Exception {
    assertThat(exporter().export(SAMPLE))
        .isEqualTo(
            """
            type,name,unit,count,value,min,max,mean,p50,p95,p99
            operation,"cache.get{cache=templates,tier=heap}",seconds,2,,0.25,0.75,0.5,0.25,0.75,0.75
            operation,job.run,seconds,2,,0.25,0.75,0.5,0.25,0.75,0.75
            counter,jobs.skipped,,1,,,,,,,
            counter,mails.sent{kind=digest},,12,,,,,,,
            gauge,disk.free,bytes,,4096.0,,,,,,
            gauge,load,,,0.75,,,,,,
            """);
  }
}
