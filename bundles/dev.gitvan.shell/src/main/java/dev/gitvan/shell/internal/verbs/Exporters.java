package dev.gitvan.shell.internal.verbs;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.RejectionSource;
import dev.gitvan.extension.Extension;
import dev.gitvan.extension.ExtensionPoint;
import dev.gitvan.extension.ExtensionPointSpec;
import dev.gitvan.extension.ExtensionRegistry;
import dev.gitvan.extension.InvalidExtensionException;
import dev.gitvan.metrics.MetricSnapshot;
import dev.gitvan.metrics.spi.GitVanMetricExporter;
import dev.gitvan.metrics.spi.MetricExporter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The metric exporters that bundles contribute, by format. Safe for any thread. */
@Component(service = {Exporters.class, RejectionSource.class})
public final class Exporters implements RejectionSource {
  private static final String FORMAT = GitVanMetricExporter.PREFIX_ + "format";

  private final ExtensionPoint<MetricExporter, String> point;

  @Activate
  public Exporters(@Reference ExtensionRegistry registry) {
    this(
        registry.open(
            ExtensionPointSpec.of(
                "exporter", MetricExporter.class, Exporters::format, format -> format)));
  }

  Exporters(ExtensionPoint<MetricExporter, String> point) {
    this.point = point;
  }

  @Deactivate
  void close() {
    point.close();
  }

  static String format(Map<String, Object> properties) throws InvalidExtensionException {
    if (properties.get(FORMAT) instanceof String format && format.matches("[a-z][a-z0-9-]*")) {
      return format;
    }
    throw new InvalidExtensionException(
        "NAME_INVALID", "a format's name consists of lower-case letters, digits and -");
  }

  /** The formats that can be exported, sorted. */
  List<String> formats() {
    return point.list().stream().map(Extension::name).distinct().sorted().toList();
  }

  /**
   * The exporter of a format.
   *
   * @throws GitVanException {@code USAGE}
   */
  Extension<MetricExporter, String> find(String format) {
    return point.find(format).orElseThrow(() -> unknown(format));
  }

  private GitVanException unknown(String format) {
    var formats = formats();
    return GitVanException.of(
        Codes.USAGE,
        "--format " + format,
        "there is no such format",
        Nearest.sentence(
            format,
            formats,
            formats.isEmpty()
                ? "Install a bundle with exporters, such as dev.gitvan.metrics."
                : "There are " + String.join(", ", formats) + "."));
  }

  /**
   * Exports metrics.
   *
   * @throws GitVanException {@code INTERNAL}, or what the exporter throws
   */
  static String export(Extension<MetricExporter, String> exporter, MetricSnapshot snapshot) {
    var answer = exporter.call(service -> service.export(snapshot));
    if (answer.failure() instanceof GitVanException explained) {
      throw explained;
    }
    if (answer.failure() != null || answer.value() == null) {
      var how = answer.failure() == null ? "returned null" : "failed with " + answer.failure();
      throw new GitVanException(
          new Problem(
              Codes.INTERNAL,
              "--format " + exporter.name(),
              "the exporter " + how,
              "This is a fault of " + exporter.bundle() + "."),
          answer.failure());
    }
    return answer.value();
  }

  @Override
  public List<Rejection> rejections() {
    var all = new ArrayList<>(point.rejections());
    var owners = new HashMap<String, String>();
    for (var exporter : point.present()) {
      var owner = owners.putIfAbsent(exporter.name(), exporter.bundle());
      if (owner != null) {
        all.add(
            new Rejection(
                "exporter",
                exporter.name(),
                exporter.bundle(),
                "SHADOWED",
                owner + " contributes an exporter of that format"));
      }
    }
    return all;
  }
}
