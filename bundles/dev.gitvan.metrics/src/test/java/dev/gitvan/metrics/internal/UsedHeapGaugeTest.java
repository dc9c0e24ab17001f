package dev.gitvan.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.metrics.spi.Gauge;
import dev.gitvan.testkit.GaugeContract;
import org.junit.jupiter.api.Test;

class UsedHeapGaugeTest extends GaugeContract {
  @Override
  protected Gauge gauge() {
    return new UsedHeapGauge();
  }

  @Test
  void isBelowTheMaximum() throws Exception {
    assertThat(gauge().value()).isBetween(1.0, (double) Runtime.getRuntime().maxMemory());
  }
}
