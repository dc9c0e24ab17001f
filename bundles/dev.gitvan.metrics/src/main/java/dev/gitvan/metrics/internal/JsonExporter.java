package dev.gitvan.metrics.internal;

import dev.gitvan.document.Documents;
import dev.gitvan.metrics.MetricSnapshot;
import dev.gitvan.metrics.spi.GitVanMetricExporter;
import dev.gitvan.metrics.spi.MetricExporter;
import java.util.LinkedHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** One JSON document of the schema {@code gitvan.stats.v1}; times in seconds. */
@Component
@GitVanMetricExporter(format = "json", mediaType = "application/json")
public final class JsonExporter implements MetricExporter {
  private final Documents documents;

  @Activate
  public JsonExporter(@Reference Documents documents) {
    this.documents = documents;
  }

  @Override
  public String export(MetricSnapshot snapshot) {
    var document = new LinkedHashMap<String, Object>();
    document.put("schema", "gitvan.stats.v1");
    document.putAll(snapshot.toMap());
    return documents.toPrettyJson(document) + "\n";
  }
}
