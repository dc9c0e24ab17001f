package dev.gitvan.kernel.internal.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.kernel.internal.Offers;
import dev.gitvan.kernel.internal.Recordings;
import dev.gitvan.kernel.internal.Threads;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.CounterId;
import dev.gitvan.metrics.MetricSnapshot;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedMetricsTest {
  private final SharedServices services = new SharedServices(new Kernel(), this::changed);
  private final SharedMetrics metrics = new SharedMetrics(services);
  private final Recordings old = new Recordings();
  private final Recordings updated = new Recordings();

  private void changed() {
    metrics.changed();
  }

  private Offers<SharedService> add(Recordings implementation, String version, long bundleId) {
    var offer =
        Offers.<SharedService>of(implementation)
            .with("gitvan.shared.type", Metrics.class.getName())
            .bundle("a", version, bundleId);
    services.add(offer.offer());
    return offer;
  }

  @Test
  void recordsNothingWithoutAnImplementation() {
    metrics.recorder(Operation.JOB_RUN).record(5);
    metrics.record(Operation.JOB_RUN, 5);
    assertThat(metrics.stats()).isEmpty();
    assertThat(metrics.history()).isEmpty();
    assertThat(metrics.snapshot()).isEqualTo(MetricSnapshot.EMPTY);
    metrics.counter(CounterId.JOB_RETRIES).increment();

    var broken = add(null, "1.0.0", 1);
    metrics.record(Operation.JOB_RUN, 5);
    assertThat(metrics.stats()).isEmpty();
    services.remove(broken);
  }

  @Test
  void recordersStayValidAcrossASwap() {
    var recorder = metrics.recorder(Operation.JOB_RUN);
    assertThat(metrics.recorder(Operation.JOB_RUN)).isSameAs(recorder);
    recorder.record(1);

    var first = add(old, "1.0.0", 1);
    recorder.record(1);
    var second = add(updated, "1.1.0", 9);
    services.remove(first);
    recorder.record(1);
    recorder.record(1);
    assertThat(old.counts()).isEqualTo(Map.of(Operation.JOB_RUN, 1L));
    assertThat(updated.counts()).isEqualTo(Map.of(Operation.JOB_RUN, 2L));

    services.remove(second);
    recorder.record(1);
    assertThat(updated.counts()).isEqualTo(Map.of(Operation.JOB_RUN, 2L));
    assertThat(first.out).hasValue(0);
    assertThat(second.out).hasValue(0);
  }

  @Test
  void countersStayValidAcrossASwap() {
    var counter = metrics.counter(CounterId.JOB_RETRIES);
    assertThat(metrics.counter(CounterId.JOB_RETRIES)).isSameAs(counter);
    var first = add(old, "1.0.0", 1);
    counter.add(5);
    add(updated, "1.1.0", 9);
    services.remove(first);
    counter.increment();
    try (var muting = metrics.mute()) {
      counter.increment();
    }
    assertThat(old.counters()).isEqualTo(Map.of(CounterId.JOB_RETRIES, 5L));
    assertThat(updated.counters()).isEqualTo(Map.of(CounterId.JOB_RETRIES, 1L));
    assertThat(first.out).hasValue(0);
  }

  @Test
  void mutingHoldsForItsThreadAndNests() throws Exception {
    add(old, "1.0.0", 1);
    var recorder = metrics.recorder(Operation.JOB_RUN);
    try (var outer = metrics.mute()) {
      try (var inner = metrics.mute()) {
        recorder.record(1);
      }
      recorder.record(1);
      assertThat(old.counts()).isEmpty();
      Threads.start(
              () -> {
                recorder.record(1);
                return null;
              })
          .join();
      assertThat(old.counts()).isEqualTo(Map.of(Operation.JOB_RUN, 1L));
    }
    recorder.record(1);
    assertThat(old.counts()).isEqualTo(Map.of(Operation.JOB_RUN, 2L));
  }

  @Test
  void mutingOutlastsASwap() {
    add(old, "1.0.0", 1);
    try (var muting = metrics.mute()) {
      add(updated, "1.1.0", 9);
      metrics.record(Operation.JOB_RUN, 1);
    }
    assertThat(updated.counts()).isEmpty();
    metrics.record(Operation.JOB_RUN, 1);
    assertThat(updated.counts()).isEqualTo(Map.of(Operation.JOB_RUN, 1L));
  }
}
