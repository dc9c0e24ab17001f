package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.health.Health;
import dev.gitvan.health.spi.HealthCheck;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What every health check must do, whatever it checks. Extend it, return a check for which all is
 * well and one for which it is not, and add tests of what it finds. A check that hangs fails the
 * test.
 */
public abstract class HealthCheckContract extends Contract {
  /** How long a check may take: {@code diag} reports one that takes longer as hanging. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** A new check of something that works. */
  protected abstract HealthCheck healthy() throws Exception;

  /** A new check of something that does not work, or not well. */
  protected abstract HealthCheck unhealthy() throws Exception;

  @Test
  void isHealthyWhenAllIsWell() throws Exception {
    var health = healthy().check();
    assertThat(health.status()).isEqualTo(Health.Status.HEALTHY);
    assertThat(health.cause()).doesNotContain("\n").doesNotEndWith(".");
  }

  @Test
  void explainsWhatIsWrongAndWhatToDo() throws Exception {
    var health = unhealthy().check();
    assertThat(health.status()).isIn(Health.Status.DEGRADED, Health.Status.FAILED);
    assertThat(health.cause()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
    assertThat(health.nextStep()).doesNotContain("\n").endsWith(".");
  }

  @Test
  void findsTheSameAgain() throws Exception {
    var check = unhealthy();
    assertThat(check.check().status()).isEqualTo(check.check().status());
  }

  @Test
  void returnsWithinTheLimit() throws Exception {
    HostCalls.assertReturnsWithin(LIMIT, healthy()::check);
    HostCalls.assertReturnsWithin(LIMIT, unhealthy()::check);
  }

  @Test
  void canBeCalledByManyThreads() throws Exception {
    var check = healthy();
    assertThat(HostCalls.concurrently(() -> check.check().status()))
        .containsOnly(Health.Status.HEALTHY);
  }

  @Test
  void endsSoonWhenItIsInterrupted() throws Exception {
    var check = unhealthy();
    HostCalls.assertEndsWhenInterrupted(check::check);
  }
}
