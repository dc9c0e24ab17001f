package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.metrics.CounterValue;
import dev.gitvan.metrics.GaugeValue;
import dev.gitvan.metrics.MetricSnapshot;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.OperationStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gitvan perf}: how long everything took, and what was counted. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "perf", description = "Show how long operations take")
@Command(
    name = "perf",
    description = {
      "Show how long operations take, what was counted, and what gauges read.",
      "Durations and counters are those of this process and of earlier ones of the last seven days."
    })
public final class PerfVerb extends VerbSupport {
  private static final String FORMAT = "FORMAT";

  private final Metrics metrics;
  private final Exporters exporters;

  /** Whether this call has printed a table. */
  private boolean hasTable;

  @Activate
  public PerfVerb(@Reference Metrics metrics, @Reference Exporters exporters) {
    this.metrics = metrics;
    this.exporters = exporters;
  }

  @Override
  public List<String> candidates(String label) {
    return label.equals(FORMAT) ? exporters.formats() : List.of();
  }

  @Command(
      name = "stats",
      description = {
        "Show count, minimum, mean, maximum and p50, p95, p99 of each operation, and all counters"
            + " and gauges."
      })
  int stats(
      @Parameters(
              arity = "0..1",
              paramLabel = "NAME",
              description = "one operation, counter or gauge, such as template.render")
          String name) {
    var snapshot = metrics.snapshot();
    var chosen = name == null ? snapshot : chosen(snapshot, name);
    if (console().json()) {
      console().json("gitvan.stats.v1", chosen.toMap());
      return ExitStatus.OK;
    }
    if (name == null && chosen.operations().isEmpty()) {
      console().progress("nothing has been measured yet");
    }
    table(
        List.of("operation", "count", "min", "mean", "p50", "p95", "p99", "max"),
        chosen.operations().stream().map(PerfVerb::row).toList());
    table(List.of("counter", "count"), chosen.counters().stream().map(PerfVerb::row).toList());
    table(List.of("gauge", "value"), chosen.gauges().stream().map(PerfVerb::row).toList());
    return ExitStatus.OK;
  }

  private void table(List<String> header, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    if (hasTable) {
      console().out().println();
    }
    console().table(header, rows);
    hasTable = true;
  }

  private static List<String> row(OperationStats stats) {
    return List.of(
        stats.operation().toString(),
        String.valueOf(stats.count()),
        Figures.human(stats.min()),
        Figures.human(stats.mean()),
        Figures.human(stats.p50()),
        Figures.human(stats.p95()),
        Figures.human(stats.p99()),
        Figures.human(stats.max()));
  }

  private static List<String> row(CounterValue counter) {
    return List.of(counter.counter().toString(), String.valueOf(counter.count()));
  }

  private static List<String> row(GaugeValue gauge) {
    return List.of(gauge.name(), Figures.human(gauge.value(), gauge.unit()));
  }

  @Command(name = "export", description = "Write all metrics in a format for other programs.")
  int export(
      @Option(
              names = "--format",
              paramLabel = FORMAT,
              required = true,
              description = "csv, json, prometheus, or one that a plugin adds")
          String format,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              description = "output file; default: standard output")
          Path out) {
    var exporter = exporters.find(format);
    var text = Exporters.export(exporter, metrics.snapshot());
    if (out == null) {
      console().data().print(text);
      console().data().flush();
      return ExitStatus.OK;
    }
    var file = invocation().workingDirectory().resolve(out);
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw FileProblem.of(e, file).toException(e);
    }
    console().progress("wrote " + out);
    return ExitStatus.OK;
  }

  /** What has a name: with or without its labels. */
  private static MetricSnapshot chosen(MetricSnapshot all, String name) {
    var operations =
        all.operations().stream()
            .filter(stats -> isNamed(name, stats.operation().name(), stats.operation()))
            .toList();
    var counters =
        all.counters().stream()
            .filter(value -> isNamed(name, value.counter().name(), value.counter()))
            .toList();
    var gauges = all.gauges().stream().filter(gauge -> gauge.name().equals(name)).toList();
    if (operations.isEmpty() && counters.isEmpty() && gauges.isEmpty()) {
      throw unknown(all, name);
    }
    return new MetricSnapshot(operations, List.of(), counters, gauges);
  }

  private static boolean isNamed(String wanted, String name, Object withLabels) {
    return wanted.equals(name) || wanted.equals(withLabels.toString());
  }

  private static GitVanException unknown(MetricSnapshot all, String name) {
    var names =
        Stream.of(
                all.operations().stream().map(stats -> stats.operation().name()),
                all.counters().stream().map(value -> value.counter().name()),
                all.gauges().stream().map(GaugeValue::name))
            .flatMap(some -> some)
            .distinct()
            .sorted()
            .toList();
    return GitVanException.of(
        Codes.USAGE,
        name,
        "nothing of that name has been measured",
        Nearest.sentence(
            name,
            names,
            names.isEmpty()
                ? "Nothing has been measured yet."
                : "There are " + String.join(", ", names) + "."));
  }
}
