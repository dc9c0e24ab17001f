package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.metrics.spi.Gauge;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What every gauge must do, whatever it reads. Extend it, return the gauge in a state in which it
 * can be read, and add tests of its value. A gauge that hangs fails the test.
 */
public abstract class GaugeContract extends Contract {
  /** How long reading may take: a host leaves out gauges that take longer. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  /** A new gauge, as its component would be. */
  protected abstract Gauge gauge() throws Exception;

  @Test
  void returnsAFiniteNumber() throws Exception {
    assertThat(gauge().value()).isFinite();
  }

  @Test
  void canBeReadAgain() throws Exception {
    var gauge = gauge();
    gauge.value();
    assertThat(gauge.value()).isFinite();
  }

  @Test
  void returnsWithinTheLimit() throws Exception {
    var gauge = gauge();
    HostCalls.assertReturnsWithin(LIMIT, gauge::value);
  }

  @Test
  void canBeReadByManyThreads() throws Exception {
    var gauge = gauge();
    assertThat(HostCalls.concurrently(gauge::value))
        .allSatisfy(value -> assertThat(value).isFinite());
  }

  @Test
  void endsSoonWhenItIsInterrupted() throws Exception {
    var gauge = gauge();
    HostCalls.assertEndsWhenInterrupted(gauge::value);
  }
}
