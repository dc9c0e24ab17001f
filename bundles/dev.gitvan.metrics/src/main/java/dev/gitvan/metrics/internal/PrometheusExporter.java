package dev.gitvan.metrics.internal;

import dev.gitvan.metrics.CounterValue;
import dev.gitvan.metrics.GaugeValue;
import dev.gitvan.metrics.MetricSnapshot;
import dev.gitvan.metrics.OperationHistogram;
import dev.gitvan.metrics.spi.GitVanMetricExporter;
import dev.gitvan.metrics.spi.MetricExporter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;

/** The Prometheus text format, version 0.0.4. */
@Component
@GitVanMetricExporter(format = "prometheus", mediaType = "text/plain; version=0.0.4; charset=utf-8")
public final class PrometheusExporter implements MetricExporter {
  private static final String DURATION = "gitvan_operation_duration_seconds";

  @Override
  public String export(MetricSnapshot snapshot) {
    var text = new StringBuilder();
    histograms(text, snapshot.histograms());
    counters(text, snapshot.counters());
    snapshot.gauges().forEach(gauge -> gauge(text, gauge));
    return text.toString();
  }

  private static void histograms(StringBuilder text, List<OperationHistogram> histograms) {
    help(text, DURATION, "Duration of operations.");
    type(text, DURATION, "histogram");
    for (var histogram : histograms) {
      var operation = histogram.operation();
      var labels = label("operation", operation.name());
      if (!operation.labels().isEmpty()) {
        labels += "," + labels(operation.labels());
      }
      for (var bucket : histogram.buckets()) {
        line(text, DURATION + "_bucket", labels + "," + le(bucket.bound()), bucket.count());
      }
      line(text, DURATION + "_bucket", labels + ",le=\"+Inf\"", histogram.count());
      line(text, DURATION + "_sum", labels, histogram.sum());
      line(text, DURATION + "_count", labels, histogram.count());
    }
  }

  private static void counters(StringBuilder text, List<CounterValue> counters) {
    var previous = "";
    for (var value : counters) {
      var counter = value.counter();
      var name = name(counter.name(), "total");
      if (!name.equals(previous)) {
        type(text, name, "counter");
        previous = name;
      }
      line(text, name, labels(counter.labels()), value.count());
    }
  }

  private static void gauge(StringBuilder text, GaugeValue gauge) {
    var name = name(gauge.name(), gauge.unit());
    if (!gauge.description().isEmpty()) {
      help(text, name, gauge.description() + ".");
    }
    type(text, name, "gauge");
    line(text, name, "", gauge.value());
  }

  /** Dots become underscores; the suffix is there once. */
  private static String name(String name, String suffix) {
    var words = "gitvan_" + name.replace('.', '_');
    return suffix.isEmpty() || words.endsWith("_" + suffix) ? words : words + "_" + suffix;
  }

  private static void help(StringBuilder text, String name, String description) {
    var escaped = description.replace("\\", "\\\\").replace("\n", "\\n");
    text.append("# HELP ").append(name).append(' ').append(escaped).append('\n');
  }

  private static void type(StringBuilder text, String name, String type) {
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder text, String name, String labels, Object value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    text.append(' ').append(value).append('\n');
  }

  private static String labels(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(label -> label(label.getKey(), label.getValue()))
        .collect(Collectors.joining(","));
  }

  private static String le(double bound) {
    return label("le", String.valueOf(bound));
  }

  private static String label(String name, String value) {
    var escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return name + "=\"" + escaped + "\"";
  }
}
