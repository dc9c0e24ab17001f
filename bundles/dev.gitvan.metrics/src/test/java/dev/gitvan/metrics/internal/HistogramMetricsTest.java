package dev.gitvan.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gitvan.metrics.CounterId;
import dev.gitvan.metrics.GaugeValue;
import dev.gitvan.metrics.Operation;
import dev.gitvan.metrics.OperationHistogram;
import dev.gitvan.metrics.OperationHistogram.Bucket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistogramMetricsTest {
  private static final long MILLI = 1_000_000;
  private static final GaugeValue GAUGE = new GaugeValue("a", "", "", 1);

  private final HistogramMetrics metrics =
      new HistogramMetrics(null, Clock.systemUTC(), () -> List.of(GAUGE));

  @Test
  void tellsFiguresInSeconds() {
    for (int millis = 1; millis <= 100; millis++) {
      metrics.record(Operation.JOB_RUN, millis * MILLI);
    }
    var stats = metrics.stats().get(0);
    assertThat(stats.operation()).isEqualTo(Operation.JOB_RUN);
    assertThat(stats.count()).isEqualTo(100);
    assertThat(stats.min()).isCloseTo(0.001, within(0.000_001));
    assertThat(stats.max()).isCloseTo(0.1, within(0.000_1));
    assertThat(stats.mean()).isCloseTo(0.0505, within(0.000_05));
    assertThat(stats.p50()).isCloseTo(0.05, within(0.000_05));
    assertThat(stats.p95()).isCloseTo(0.095, within(0.000_1));
    assertThat(stats.p99()).isCloseTo(0.099, within(0.000_1));
  }

  @Test
  void ordersByOperationAndLeavesOutWhatWasNeverRecorded() {
    metrics.recorder(Operation.LOCK_WAIT);
    metrics.record(Operation.JOB_RUN, 1);
    metrics.record(Operation.cacheGet("templates", "L1"), 1);
    assertThat(metrics.stats())
        .extracting(stats -> stats.operation().toString())
        .containsExactly("cache.get{cache=templates,tier=L1}", "job.run");
  }

  @Test
  void takesAnyDuration() {
    for (long nanos : new long[] {Long.MIN_VALUE, -1, 0, 1, 3_600_000_000_000L, Long.MAX_VALUE}) {
      metrics.record(Operation.JOB_RUN, nanos);
    }
    var stats = metrics.stats().get(0);
    assertThat(stats.count()).isEqualTo(6);
    assertThat(stats.min()).isEqualTo(1e-9);
    assertThat(stats.max()).isCloseTo(3600, within(4.0));
  }

  @Test
  void countsByBounds() {
    for (long millis : new long[] {1, 1, 5, 10, 200}) {
      metrics.record(Operation.JOB_RUN, millis * MILLI);
    }
    var histogram = metrics.snapshot().histograms().get(0);
    assertThat(histogram.buckets())
        .extracting(Bucket::bound)
        .containsExactlyElementsOf(OperationHistogram.BOUNDS);
    assertThat(histogram.buckets())
        .contains(new Bucket(0.0005, 0), new Bucket(0.001, 2), new Bucket(0.01, 4))
        .contains(new Bucket(0.1, 4), new Bucket(0.25, 5));
    assertThat(histogram.count()).isEqualTo(5);
    assertThat(histogram.sum()).isCloseTo(0.217, within(0.000_3));
  }

  @Test
  void countsOverLabels() {
    var hits = new CounterId("disk.reads", Map.of("disk", "a"));
    metrics.counter(hits).add(2);
    metrics.counter(new CounterId("disk.reads", Map.of("disk", "a"))).increment();
    metrics.counter(new CounterId("disk.reads", Map.of("disk", "b"))).increment();
    metrics.counter(hits).add(-7);
    metrics.counter(CounterId.of("never"));

    var snapshot = metrics.snapshot();

    assertThat(snapshot.counters())
        .extracting(value -> value.counter() + " " + value.count())
        .containsExactly("disk.reads{disk=a} 3", "disk.reads{disk=b} 1");
    assertThat(snapshot.gauges()).containsExactly(GAUGE);
  }

  @Test
  void recordsNothingWhileTheThreadIsMuted() throws InterruptedException {
    var recorder = metrics.recorder(Operation.JOB_RUN);
    try (var outer = metrics.mute()) {
      var inner = metrics.mute();
      recorder.record(1);
      inner.close();
      inner.close();
      recorder.record(1);
      var other = new Thread(() -> recorder.record(1));
      other.start();
      other.join();
    }
    assertThat(metrics.stats().get(0).count()).isEqualTo(1);
    recorder.record(1);
    assertThat(metrics.stats().get(0).count()).isEqualTo(2);
  }

  @Test
  void losesNothingWhenManyThreadsRecord() throws InterruptedException {
    var recorder = metrics.recorder(Operation.HOOK_CALL);
    var start = new CountDownLatch(1);
    var threads =
        IntStream.range(0, 8)
            .mapToObj(
                n ->
                    new Thread(
                        () -> {
                          try {
                            start.await();
                          } catch (InterruptedException e) {
                            return;
                          }
                          for (int i = 0; i < 20_000; i++) {
                            recorder.record(i);
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    start.countDown();
    for (var thread : threads) {
      thread.join();
    }
    assertThat(metrics.stats().get(0).count()).isEqualTo(160_000);
  }
}
