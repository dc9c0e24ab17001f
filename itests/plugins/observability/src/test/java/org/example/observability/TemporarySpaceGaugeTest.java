package org.example.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.metrics.spi.Gauge;
import dev.gitvan.testkit.GaugeContract;
import org.junit.jupiter.api.Test;

class TemporarySpaceGaugeTest extends GaugeContract {
  @Override
  protected Gauge gauge() {
    return new TemporarySpaceGauge();
  }

  @Test
  void isNotNegative() throws Exception {
    assertThat(gauge().value()).isNotNegative();
  }
}
