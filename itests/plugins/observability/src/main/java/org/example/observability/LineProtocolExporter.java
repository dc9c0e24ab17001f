package org.example.observability;

import dev.gitvan.metrics.MetricSnapshot;
import dev.gitvan.metrics.spi.GitVanMetricExporter;
import dev.gitvan.metrics.spi.MetricExporter;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;

/** Writes the line protocol of InfluxDB: {@code measurement,tag=value field=value}. */
@Component
@GitVanMetricExporter(format = "influx", mediaType = "text/plain; charset=utf-8")
public class LineProtocolExporter implements MetricExporter {
  @Override
  public String export(MetricSnapshot snapshot) {
    var text = new StringBuilder();
    for (var stats : snapshot.operations()) {
      var tags = new TreeMap<>(stats.operation().labels());
      tags.put("operation", stats.operation().name());
      var fields = "count=" + stats.count() + "i,mean=" + stats.mean() + ",p99=" + stats.p99();
      line(text, "gitvan.operation", tags, fields);
    }
    for (var value : snapshot.counters()) {
      var counter = value.counter();
      line(text, "gitvan." + counter.name(), counter.labels(), "count=" + value.count() + "i");
    }
    for (var gauge : snapshot.gauges()) {
      line(text, "gitvan." + gauge.name(), Map.of(), "value=" + gauge.value());
    }
    return text.toString();
  }

  private static void line(
      StringBuilder text, String measurement, Map<String, String> tags, String fields) {
    text.append(measurement);
    tags.forEach((tag, value) -> text.append(',').append(tag).append('=').append(escaped(value)));
    text.append(' ').append(fields).append('\n');
  }

  /** The protocol has no escape sequence for line feeds. */
  private static String escaped(String value) {
    return value.replace('\n', ' ').replaceAll("[,= ]", "\\\\$0");
  }
}
