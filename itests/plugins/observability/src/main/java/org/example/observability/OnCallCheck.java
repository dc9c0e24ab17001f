package org.example.observability;

import dev.gitvan.health.Health;
import dev.gitvan.health.spi.GitVanHealthCheck;
import dev.gitvan.health.spi.HealthCheck;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Checks whether somebody is on call, as the environment variable {@code ON_CALL} says. */
@Component
@GitVanHealthCheck(name = "on-call")
public class OnCallCheck implements HealthCheck {
  private final Map<String, String> environment;

  @Activate
  public OnCallCheck() {
    this(System.getenv());
  }

  OnCallCheck(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Health check() {
    var name = environment.getOrDefault("ON_CALL", "");
    return name.isBlank()
        ? Health.degraded("nobody is on call", "Set ON_CALL to the name of an engineer.")
        : Health.healthy(name + " is on call");
  }
}
