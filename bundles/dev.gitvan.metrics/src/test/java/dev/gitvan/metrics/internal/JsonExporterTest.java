package dev.gitvan.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.metrics.spi.MetricExporter;
import dev.gitvan.testkit.MetricExporterContract;
import org.junit.jupiter.api.Test;

class JsonExporterTest extends MetricExporterContract {
  @Override
  protected MetricExporter exporter() {
    return new JsonExporter(new DocumentsService());
  }

  @Test
  void writesTheSnapshotAsOneDocumentOfItsSchema() throws Exception {
    assertThat(exporter().export(SAMPLE))
        .startsWith("{\n  \"schema\": \"gitvan.stats.v1\",\n")
        .endsWith(new DocumentsService().toPrettyJson(SAMPLE.toMap()).substring(2) + "\n")
        .contains("\"operation\": \"cache.get\"", "\"tier\": \"heap\"", "\"p99\": 0.75");
  }
}
