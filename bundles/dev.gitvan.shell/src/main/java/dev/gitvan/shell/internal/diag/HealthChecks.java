package dev.gitvan.shell.internal.diag;

import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.RejectionSource;
import dev.gitvan.extension.Extension;
import dev.gitvan.extension.Extension.Answer;
import dev.gitvan.extension.ExtensionPoint;
import dev.gitvan.extension.ExtensionPointSpec;
import dev.gitvan.extension.ExtensionRegistry;
import dev.gitvan.extension.InvalidExtensionException;
import dev.gitvan.health.Health;
import dev.gitvan.health.spi.GitVanHealthCheck;
import dev.gitvan.health.spi.HealthCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The health checks that bundles contribute. All run at once. Safe for any thread. */
@Component(service = {HealthChecks.class, RejectionSource.class})
public final class HealthChecks implements RejectionSource {
  private static final String NAME = GitVanHealthCheck.PREFIX_ + "name";
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final ExtensionPoint<HealthCheck, String> point;
  private final Duration limit;

  @Activate
  public HealthChecks(@Reference ExtensionRegistry registry) {
    this(
        registry.open(
            ExtensionPointSpec.of(
                "health-check", HealthCheck.class, HealthChecks::name, name -> name)),
        LIMIT);
  }

  HealthChecks(ExtensionPoint<HealthCheck, String> point, Duration limit) {
    this.point = point;
    this.limit = limit;
  }

  @Deactivate
  void close() {
    point.close();
  }

  static String name(Map<String, Object> properties) throws InvalidExtensionException {
    if (properties.get(NAME) instanceof String name && name.matches("[a-z][a-z0-9-]*")) {
      return name;
    }
    throw new InvalidExtensionException(
        "NAME_INVALID", "a health check's name consists of lower-case letters, digits and -");
  }

  /** Runs all checks; returns their results, by name. */
  public List<CheckResult> run() {
    var checks = List.copyOf(byName().values());
    var answers = point.callAll(checks, HealthCheck::check, limit);
    var results = new ArrayList<CheckResult>();
    for (int i = 0; i < checks.size(); i++) {
      if (!answers.get(i).isGone()) {
        results.add(result(checks.get(i), answers.get(i)));
      }
    }
    return results;
  }

  private static CheckResult result(Extension<HealthCheck, String> check, Answer<Health> answer) {
    var failure = answer.failure();
    if (failure instanceof TimeoutException) {
      return fault(check, "the check hangs: " + failure.getMessage(), "");
    }
    if (failure != null) {
      var cause = "the check failed with " + RealCause.of(failure).words();
      return fault(check, cause, RealCause.trace(failure));
    }
    return answer.value() == null
        ? fault(check, "the check returned null", "")
        : new CheckResult(check.name(), check.bundle(), answer.value(), "");
  }

  private static CheckResult fault(
      Extension<HealthCheck, String> check, String cause, String trace) {
    var nextStep = "Report it to the author of " + check.bundle() + ", or uninstall that bundle.";
    return new CheckResult(check.name(), check.bundle(), Health.failed(cause, nextStep), trace);
  }

  private Map<String, Extension<HealthCheck, String>> byName() {
    var checks = new TreeMap<String, Extension<HealthCheck, String>>();
    point.list().forEach(check -> checks.putIfAbsent(check.name(), check));
    return checks;
  }

  @Override
  public List<Rejection> rejections() {
    var all = new ArrayList<>(point.rejections());
    var owners = byName();
    for (var check : point.list()) {
      var owner = owners.get(check.name());
      if (owner != check) {
        all.add(
            new Rejection(
                "health-check",
                check.name(),
                check.bundle(),
                "SHADOWED",
                owner.bundle() + " contributes a health check of that name"));
      }
    }
    return all;
  }
}
