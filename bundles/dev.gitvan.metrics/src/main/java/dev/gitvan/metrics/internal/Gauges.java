package dev.gitvan.metrics.internal;

import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.RejectionSource;
import dev.gitvan.extension.Extension;
import dev.gitvan.extension.Extension.Answer;
import dev.gitvan.extension.ExtensionPoint;
import dev.gitvan.extension.ExtensionPointSpec;
import dev.gitvan.extension.ExtensionRegistry;
import dev.gitvan.extension.InvalidExtensionException;
import dev.gitvan.metrics.GaugeValue;
import dev.gitvan.metrics.MetricName;
import dev.gitvan.metrics.spi.Gauge;
import dev.gitvan.metrics.spi.GitVanGauge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The gauges that bundles contribute. All are read at once. Safe for any thread. */
@Component(service = {Gauges.class, RejectionSource.class})
public final class Gauges implements RejectionSource {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Pattern UNIT = Pattern.compile("[a-z]*");

  private final ExtensionPoint<Gauge, Description> point;
  private final Duration limit;

  /** What a gauge's properties say. */
  record Description(String name, String unit, String text) {
    static Description read(Map<String, Object> properties) throws InvalidExtensionException {
      var name = string(properties, "name");
      if (!MetricName.isValid(name)) {
        throw new InvalidExtensionException(
            "NAME_INVALID",
            "a gauge's name consists of words of lower-case letters, digits and _, separated by"
                + " dots, but is '"
                + name
                + "'");
      }
      var unit = string(properties, "unit");
      if (!UNIT.matcher(unit).matches()) {
        throw new InvalidExtensionException(
            "UNIT_INVALID", "a gauge's unit consists of lower-case letters, but is '" + unit + "'");
      }
      return new Description(name, unit, string(properties, "description"));
    }

    private static String string(Map<String, Object> properties, String key) {
      return properties.get(GitVanGauge.PREFIX_ + key) instanceof String text ? text : "";
    }
  }

  /** What reading all gauges came to. */
  private record Readings(List<GaugeValue> values, List<Rejection> failures) {}

  @Activate
  public Gauges(@Reference ExtensionRegistry registry) {
    this(
        registry.open(
            ExtensionPointSpec.of("gauge", Gauge.class, Description::read, Description::name)),
        LIMIT);
  }

  Gauges(ExtensionPoint<Gauge, Description> point, Duration limit) {
    this.point = point;
    this.limit = limit;
  }

  @Deactivate
  void close() {
    point.close();
  }

  /** The present values, by name; without those of gauges that cannot be read. */
  List<GaugeValue> values() {
    return read().values();
  }

  /** Reads the gauges: most faults show only then. */
  @Override
  public List<Rejection> rejections() {
    var failures = read().failures();
    var all = new ArrayList<>(point.rejections());
    all.addAll(failures);
    return all;
  }

  private Readings read() {
    var byName = new TreeMap<String, Extension<Gauge, Description>>();
    var failures = new ArrayList<Rejection>();
    for (var gauge : point.list()) {
      var owner = byName.putIfAbsent(gauge.name(), gauge);
      if (owner != null) {
        failures.add(
            rejection(gauge, "SHADOWED", owner.bundle() + " contributes a gauge of that name"));
      }
    }
    var gauges = List.copyOf(byName.values());
    var answers = point.callAll(gauges, Gauge::value, limit);
    var values = new ArrayList<GaugeValue>();
    for (int i = 0; i < gauges.size(); i++) {
      var gauge = gauges.get(i);
      var answer = answers.get(i);
      if (answer.failure() == null && Double.isFinite(answer.value())) {
        var description = gauge.description();
        values.add(
            new GaugeValue(gauge.name(), description.unit(), description.text(), answer.value()));
      } else if (!answer.isGone() && gauge.isActive()) {
        failures.add(failure(gauge, answer));
      }
    }
    return new Readings(values, failures);
  }

  private static Rejection failure(Extension<Gauge, Description> gauge, Answer<Double> answer) {
    if (answer.failure() instanceof TimeoutException timeout) {
      return rejection(gauge, "TIMEOUT", "reading it failed: " + timeout.getMessage());
    }
    return rejection(
        gauge,
        "FAILED",
        answer.failure() == null
            ? "it returned " + answer.value() + ", which is not a finite number"
            : "reading it failed with " + answer.failure());
  }

  private static Rejection rejection(
      Extension<Gauge, Description> gauge, String code, String reason) {
    return new Rejection("gauge", gauge.name(), gauge.bundle(), code, reason);
  }
}
