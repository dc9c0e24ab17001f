package dev.gitvan.shell.internal.diag;

import dev.gitvan.health.Health;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Result of a health check.
 *
 * @param bundle symbolic name and version of the contributing bundle
 * @param trace stack trace of a check that itself failed; else empty
 */
public record CheckResult(String name, String bundle, Health health, String trace) {
  /** Whether there is nothing wrong. */
  public boolean isHealthy() {
    return health.status() == Health.Status.HEALTHY;
  }

  /** The status and the cause: together with the name a sentence, without its full stop. */
  public String words() {
    var verb =
        switch (health.status()) {
          case HEALTHY -> "is healthy";
          case DEGRADED -> "is degraded";
          case FAILED -> "failed";
        };
    return health.cause().isEmpty() ? verb : verb + ": " + health.cause();
  }

  /** As {@code gitvan --json diag} prints it. */
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("name", name);
    map.put("status", health.status().name().toLowerCase(Locale.ROOT));
    map.put("cause", health.cause());
    map.put("nextStep", health.nextStep());
    map.put("bundle", bundle);
    return map;
  }
}
