package dev.gitvan.shell.internal.verbs;

import dev.gitvan.metrics.Operation;
import dev.gitvan.metrics.OperationHistogram;
import dev.gitvan.metrics.OperationStats;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of operations in the forms in which they are shown and exported. */
final class Figures {
  /** Upper bounds of exported histograms, in seconds. */
  static final List<Double> BOUNDS =
      List.of(
          0.00001, 0.00005, 0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5,
          1.0, 2.5, 5.0, 10.0, 60.0);

  private static final String METRIC = "gitvan_operation_duration_seconds";

  private Figures() {}

  /** As JSON has them; times in seconds. */
  static Map<String, Object> map(OperationStats stats) {
    var map = new LinkedHashMap<String, Object>();
    map.put("operation", stats.operation().name());
    map.put("labels", stats.operation().labels());
    map.put("count", stats.count());
    map.put("min", stats.min());
    map.put("max", stats.max());
    map.put("mean", stats.mean());
    map.put("p50", stats.p50());
    map.put("p95", stats.p95());
    map.put("p99", stats.p99());
    return map;
  }

  /** A time for people: three digits and the unit that suits it. */
  static String human(double seconds) {
    if (seconds >= 1) {
      return digits(seconds) + " s";
    }
    if (seconds >= 1e-3) {
      return digits(seconds * 1e3) + " ms";
    }
    return seconds >= 1e-6 ? digits(seconds * 1e6) + " µs" : Math.round(seconds * 1e9) + " ns";
  }

  static String csv(List<OperationStats> all) {
    var text = new StringBuilder("operation,count,min,max,mean,p50,p95,p99\n");
    for (var stats : all) {
      var name = stats.operation().toString();
      text.append(name.contains(",") ? '"' + name.replace("\"", "\"\"") + '"' : name);
      text.append(',').append(stats.count());
      for (double value :
          new double[] {
            stats.min(), stats.max(), stats.mean(), stats.p50(), stats.p95(), stats.p99()
          }) {
        text.append(',').append(value);
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** The Prometheus text format, version 0.0.4. */
  static String prometheus(List<OperationHistogram> histograms) {
    var text =
        new StringBuilder("# HELP " + METRIC + " How long operations took.\n")
            .append("# TYPE " + METRIC + " histogram\n");
    for (var histogram : histograms) {
      var labels = labels(histogram.operation());
      for (var bucket : histogram.buckets()) {
        line(text, "_bucket", labels + ",le=\"" + bucket.bound() + "\"", bucket.count());
      }
      line(text, "_bucket", labels + ",le=\"+Inf\"", histogram.count());
      line(text, "_sum", labels, histogram.sum());
      line(text, "_count", labels, histogram.count());
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String suffix, String labels, Object value) {
    text.append(METRIC).append(suffix).append('{').append(labels).append("} ");
    text.append(value).append('\n');
  }

  private static String labels(Operation operation) {
    var text = new StringBuilder("operation=\"").append(escaped(operation.name())).append('"');
    operation
        .labels()
        .forEach(
            (name, value) ->
                text.append(',').append(name).append("=\"").append(escaped(value)).append('"'));
    return text.toString();
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String digits(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
