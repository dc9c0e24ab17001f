package dev.gitvan.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.extension.InvalidExtensionException;
import dev.gitvan.metrics.GaugeValue;
import dev.gitvan.metrics.internal.Gauges.Description;
import dev.gitvan.metrics.spi.Gauge;
import dev.gitvan.testkit.FakeExtensionPoint;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GaugesTest {
  private final FakeExtensionPoint<Gauge, Description> point = new FakeExtensionPoint<>();
  private final Gauges gauges = new Gauges(point, Duration.ofSeconds(50));

  private void add(String name, Gauge gauge) {
    point.add(name, new Description(name, "bytes", "About " + name), gauge);
  }

  @Test
  void readsAllByName() {
    add("second", () -> 2);
    add("first", () -> 1.5);

    assertThat(gauges.values())
        .containsExactly(
            new GaugeValue("first", "bytes", "About first", 1.5),
            new GaugeValue("second", "bytes", "About second", 2));
    assertThat(gauges.rejections()).isEmpty();
  }

  @Test
  void leavesOutWhatCannotBeReadAndSaysWhy() {
    add(
        "broken",
        () -> {
          throw new IllegalStateException("no sensor");
        });
    add("nan", () -> Double.NaN);
    add("works", () -> 1);
    point.add("works", new Description("works", "", ""), () -> 2);

    assertThat(gauges.values()).extracting(GaugeValue::value).containsExactly(1.0);
    assertThat(gauges.rejections())
        .extracting(Rejection::contribution, Rejection::code, Rejection::reason)
        .containsExactlyInAnyOrder(
            tuple(
                "broken",
                "FAILED",
                "reading it failed with java.lang.IllegalStateException: no sensor"),
            tuple("nan", "FAILED", "it returned NaN, which is not a finite number"),
            tuple("works", "SHADOWED", "org.example.fake 1.0.0 contributes a gauge of that name"));
  }

  @Test
  void doesNotWaitForAGaugeThatHangs() {
    var never = new CountDownLatch(1);
    point.add(
        "hangs",
        new Description("hangs", "", ""),
        () -> {
          never.await();
          return 0;
        });

    var rejections = new Gauges(point, Duration.ofMillis(20)).rejections();

    assertThat(rejections).extracting(Rejection::code).containsExactly("TIMEOUT");
  }

  @Test
  void rejectsNamesAndUnitsThatExportersCannotWrite() throws Exception {
    assertThat(
            Description.read(
                Map.of("gitvan.gauge.name", "memory.heap_2", "gitvan.gauge.unit", "bytes")))
        .isEqualTo(new Description("memory.heap_2", "bytes", ""));
    for (var name : new String[] {"", "Heap", "heap size", "heap.", "heap{a}", "2nd"}) {
      assertThatThrownBy(() -> Description.read(Map.of("gitvan.gauge.name", name)))
          .isInstanceOf(InvalidExtensionException.class)
          .hasMessageContaining("'" + name + "'");
    }
    assertThatThrownBy(
            () -> Description.read(Map.of("gitvan.gauge.name", "a", "gitvan.gauge.unit", "MB/s")))
        .isInstanceOf(InvalidExtensionException.class)
        .hasMessageContaining("'MB/s'");
  }
}
