package dev.gitvan.shell.internal.diag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.extension.InvalidExtensionException;
import dev.gitvan.health.Health;
import dev.gitvan.health.spi.HealthCheck;
import dev.gitvan.testkit.FakeExtensionPoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthChecksTest {
  private final FakeExtensionPoint<HealthCheck, String> point = new FakeExtensionPoint<>();
  private final HealthChecks checks = new HealthChecks(point, Duration.ofSeconds(50));

  private void add(String name, HealthCheck check) {
    point.add(name, name, check);
  }

  private static List<String> words(List<CheckResult> results) {
    return results.stream().map(result -> result.name() + " " + result.words()).toList();
  }

  @Test
  void runsAllByName() {
    add("disk", () -> Health.degraded("it is nearly full", "Free some space."));
    add("clock", () -> Health.healthy());
    add("anchor", () -> Health.healthy("it holds"));

    assertThat(words(checks.run()))
        .containsExactly(
            "anchor is healthy: it holds",
            "clock is healthy",
            "disk is degraded: it is nearly full");
  }

  @Test
  void reportsChecksThatFailThemselves() {
    add(
        "broken",
        () -> {
          throw new IllegalStateException("no sensor");
        });
    add("lazy", () -> null);
    add("works", Health::healthy);

    var results = checks.run();

    assertThat(words(results))
        .containsExactly(
            "broken failed: the check failed with IllegalStateException: no sensor",
            "lazy failed: the check returned null",
            "works is healthy");
    assertThat(results.get(0).health().nextStep()).contains("org.example.fake 1.0.0");
    assertThat(results.get(0).trace()).contains("\tat " + HealthChecksTest.class.getName());
    assertThat(results.get(2).trace()).isEmpty();
  }

  @Test
  void doesNotWaitForACheckThatHangs() {
    var never = new CountDownLatch(1);
    add(
        "hangs",
        () -> {
          never.await();
          return Health.healthy();
        });

    var results = new HealthChecks(point, Duration.ofMillis(20)).run();

    assertThat(words(results))
        .singleElement()
        .asString()
        .startsWith("hangs failed: the check hangs");
  }

  @Test
  void rejectsASecondCheckOfAName() {
    add("disk", Health::healthy);
    add("disk", () -> Health.failed("it is mine", "Ask me."));

    assertThat(words(checks.run())).containsExactly("disk is healthy");
    assertThat(checks.rejections()).extracting(Rejection::code).containsExactly("SHADOWED");
  }

  @Test
  void rejectsInvalidNames() throws Exception {
    assertThat(HealthChecks.name(Map.of("gitvan.health.name", "disk-2"))).isEqualTo("disk-2");
    for (Object name : new Object[] {"", "Disk", "a b", 1}) {
      assertThatThrownBy(() -> HealthChecks.name(Map.of("gitvan.health.name", name)))
          .isInstanceOf(InvalidExtensionException.class);
    }
  }
}
