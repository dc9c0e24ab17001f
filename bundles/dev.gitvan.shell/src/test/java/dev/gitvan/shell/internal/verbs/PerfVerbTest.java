package dev.gitvan.shell.internal.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.metrics.Counter;
import dev.gitvan.metrics.CounterId;
import dev.gitvan.metrics.CounterValue;
import dev.gitvan.metrics.GaugeValue;
import dev.gitvan.metrics.MetricSnapshot;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import dev.gitvan.metrics.OperationStats;
import dev.gitvan.metrics.Recorder;
import dev.gitvan.metrics.spi.MetricExporter;
import dev.gitvan.testkit.FakeConsole;
import dev.gitvan.testkit.FakeExtensionPoint;
import dev.gitvan.testkit.FakeInvocation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PerfVerbTest {
  private final FakeExtensionPoint<MetricExporter, String> point = new FakeExtensionPoint<>();
  private final Exporters exporters = new Exporters(point);
  private final MetricSnapshot snapshot =
      new MetricSnapshot(
          List.of(
              OperationStats.builder(Operation.JOB_RUN)
                  .count(2)
                  .min(0.25)
                  .max(0.75)
                  .mean(0.5)
                  .p50(0.25)
                  .p95(0.75)
                  .p99(0.75)
                  .build()),
          List.of(),
          List.of(new CounterValue(new CounterId("mails.sent", Map.of("kind", "digest")), 12)),
          List.of(
              new GaugeValue("age", "seconds", "", 90),
              new GaugeValue("disk.free", "bytes", "", 3 << 20),
              new GaugeValue("load", "", "", 0.75),
              new GaugeValue("queue", "mails", "", 3)));

  private FakeConsole console;

  private int run(String... arguments) throws Exception {
    var call = new FakeInvocation(Path.of("/"));
    console = call.console;
    return call.run(new PerfVerb(new SnapshotOnly(), exporters), arguments);
  }

  @BeforeEach
  void addFormats() {
    point.add("count", "count", metrics -> metrics.gauges().size() + "\n");
    point.add("csv", "csv", metrics -> "a,b\n");
  }

  @Test
  void showsOperationsCountersAndGauges() throws Exception {
    assertThat(run("stats")).isZero();
    assertThat(console.printed())
        .isEqualTo(
            """
            operation  count  min     mean    p50     p95     p99     max
            job.run    2      250 ms  500 ms  250 ms  750 ms  750 ms  750 ms

            counter                  count
            mails.sent{kind=digest}  12

            gauge      value
            age        90.0 s
            disk.free  3.0 MiB
            load       0.750
            queue      3 mails
            """);
  }

  @Test
  void showsOneMetricOfAnyKind() throws Exception {
    run("stats", "mails.sent");
    assertThat(console.printed())
        .contains("mails.sent{kind=digest}")
        .doesNotContain("job.run", "gauge");
    run("stats", "load", "--json");
    assertThat(console.documents.get(0))
        .containsEntry("operations", List.of())
        .containsEntry("counters", List.of());
    assertThat(console.documents.get(0).get("gauges"))
        .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
        .extracting(gauge -> gauge.get("gauge"))
        .containsExactly("load");
    assertThat(run("stats", "laod")).isEqualTo(2);
    assertThat(console.printedErrors()).contains("USAGE laod: ", "Did you mean load?");
  }

  @Test
  void exportsInEachFormatThatIsContributed() throws Exception {
    assertThat(run("export", "--format", "count")).isZero();
    assertThat(console.printed()).isEqualTo("4\n");
    assertThat(run("export", "--format", "cvs")).isEqualTo(2);
    assertThat(console.printedErrors())
        .isEqualTo("USAGE --format cvs: there is no such format. Did you mean csv?\n");
    assertThat(run("export", "--format", "prometheus")).isEqualTo(2);
    assertThat(console.printedErrors()).contains("There are count, csv.");
    point.close();
    assertThat(run("export", "--format", "csv")).isEqualTo(2);
    assertThat(console.printedErrors()).contains("Install a bundle with exporters");
  }

  @Test
  void namesTheBundleOfAnExporterThatFails() throws Exception {
    point.add(
        "broken",
        "broken",
        metrics -> {
          throw new IllegalStateException("no ink");
        });
    point.add("silent", "silent", metrics -> null);
    assertThat(run("export", "--format", "broken")).isEqualTo(70);
    assertThat(console.printedErrors())
        .startsWith("INTERNAL --format broken: the exporter failed with ")
        .contains("no ink", "This is a fault of org.example.fake 1.0.0.");
    assertThat(run("export", "--format", "silent")).isEqualTo(70);
    assertThat(console.printedErrors()).contains("the exporter returned null");
  }

  @Test
  void completesTheFormats() {
    var verb = new PerfVerb(Metrics.NONE, exporters);
    assertThat(verb.candidates("FORMAT")).containsExactly("count", "csv");
    assertThat(verb.candidates("FILE")).isEmpty();
  }

  private final class SnapshotOnly implements Metrics {
    @Override
    public MetricSnapshot snapshot() {
      return snapshot;
    }

    @Override
    public Recorder recorder(Operation operation) {
      return NONE.recorder(operation);
    }

    @Override
    public Counter counter(CounterId counter) {
      return NONE.counter(counter);
    }

    @Override
    public List<OperationStats> stats() {
      return snapshot.operations();
    }

    @Override
    public List<OperationStats> history() {
      return snapshot.operations();
    }

    @Override
    public Muting mute() {
      return NONE.mute();
    }
  }
}
