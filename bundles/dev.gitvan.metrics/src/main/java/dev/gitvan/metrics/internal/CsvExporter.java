package dev.gitvan.metrics.internal;

import dev.gitvan.metrics.MetricSnapshot;
import dev.gitvan.metrics.spi.GitVanMetricExporter;
import dev.gitvan.metrics.spi.MetricExporter;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;

/** Comma-separated values as in RFC 4180, but with line feeds; times in seconds. */
@Component
@GitVanMetricExporter(format = "csv", mediaType = "text/csv; charset=utf-8; header=present")
public final class CsvExporter implements MetricExporter {
  @Override
  public String export(MetricSnapshot snapshot) {
    var text = new StringBuilder("type,name,unit,count,value,min,max,mean,p50,p95,p99\n");
    for (var stats : snapshot.operations()) {
      line(
          text,
          "operation",
          stats.operation(),
          "seconds",
          stats.count(),
          "",
          stats.min(),
          stats.max(),
          stats.mean(),
          stats.p50(),
          stats.p95(),
          stats.p99());
    }
    for (var counter : snapshot.counters()) {
      line(text, "counter", counter.counter(), "", counter.count(), "", "", "", "", "", "", "");
    }
    for (var gauge : snapshot.gauges()) {
      line(text, "gauge", gauge.name(), gauge.unit(), "", gauge.value(), "", "", "", "", "", "");
    }
    return text.toString();
  }

  private static void line(StringBuilder text, Object... fields) {
    text.append(
            Arrays.stream(fields)
                .map(field -> quoted(field.toString()))
                .collect(Collectors.joining(",")))
        .append('\n');
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
