package dev.gitvan.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationTest {
  @Test
  void isWrittenWithItsLabelsInOrder() {
    assertThat(Operation.JOB_RUN).hasToString("job.run");
    assertThat(Operation.cacheGet("templates", "heap"))
        .hasToString("cache.get{cache=templates,tier=heap}")
        .isEqualTo(new Operation("cache.get", Map.of("tier", "heap", "cache", "templates")));
  }

  @Test
  void isOrderedByName() {
    assertThat(Operation.HOOK_CALL).isLessThan(Operation.HOOK_CHAIN);
  }

  @Test
  void nobodyNeedsToCheckForMetrics() {
    try (var muting = Metrics.NONE.mute()) {
      Metrics.NONE.record(Operation.JOB_RUN, 5);
      Metrics.NONE.counter(CounterId.JOB_RETRIES).increment();
    }
    assertThat(Metrics.NONE.stats()).isEmpty();
    assertThat(Metrics.NONE.history()).isEmpty();
    assertThat(Metrics.NONE.snapshot()).isEqualTo(MetricSnapshot.EMPTY);
  }
}
