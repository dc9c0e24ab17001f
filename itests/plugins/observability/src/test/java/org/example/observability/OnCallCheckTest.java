package org.example.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.health.Health;
import dev.gitvan.health.spi.HealthCheck;
import dev.gitvan.testkit.HealthCheckContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnCallCheckTest extends HealthCheckContract {
  @Override
  protected HealthCheck healthy() {
    return new OnCallCheck(Map.of("ON_CALL", "Ada"));
  }

  @Override
  protected HealthCheck unhealthy() {
    return new OnCallCheck(Map.of());
  }

  @Test
  void namesWhoIsOnCall() throws Exception {
    assertThat(healthy().check()).isEqualTo(Health.healthy("Ada is on call"));
  }
}
