package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.document.Documents;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.OperationStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gitvan perf}: how long everything took. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "perf", description = "Show how long operations take")
@Command(
    name = "perf",
    description = {
      "Show how long operations take.",
      "Figures are those of this process and of earlier ones of the last seven days."
    })
public final class PerfVerb extends VerbSupport {
  private final Metrics metrics;
  private final Documents documents;

  @Activate
  public PerfVerb(@Reference Metrics metrics, @Reference Documents documents) {
    this.metrics = metrics;
    this.documents = documents;
  }

  @Command(
      name = "stats",
      description = "Count, minimum, mean, maximum and p50, p95, p99 of each operation.")
  int stats(
      @Parameters(
              arity = "0..1",
              paramLabel = "OP",
              description = "one operation, such as template.render")
          String operation) {
    var stats = chosen(operation);
    if (console().json()) {
      console()
          .json("gitvan.stats.v1", Map.of("operations", stats.stream().map(Figures::map).toList()));
      return ExitStatus.OK;
    }
    if (stats.isEmpty()) {
      console().progress("nothing has been measured yet");
      return ExitStatus.OK;
    }
    var rows = new ArrayList<List<String>>();
    for (var stat : stats) {
      rows.add(
          List.of(
              stat.operation().toString(),
              String.valueOf(stat.count()),
              Figures.human(stat.min()),
              Figures.human(stat.mean()),
              Figures.human(stat.p50()),
              Figures.human(stat.p95()),
              Figures.human(stat.p99()),
              Figures.human(stat.max())));
    }
    console().table(List.of("operation", "count", "min", "mean", "p50", "p95", "p99", "max"), rows);
    return ExitStatus.OK;
  }

  @Command(name = "export", description = "Write the figures for other programs.")
  int export(
      @Option(
              names = "--format",
              paramLabel = "FORMAT",
              required = true,
              description = "json, csv or prometheus")
          String format,
      @Option(names = "--out", paramLabel = "FILE", description = "a file; default standard output")
          Path out) {
    var text =
        switch (format) {
          case "json" ->
              documents.toPrettyJson(
                      Map.of("operations", metrics.history().stream().map(Figures::map).toList()))
                  + "\n";
          case "csv" -> Figures.csv(metrics.history());
          case "prometheus" -> Figures.prometheus(metrics.histograms(Figures.BOUNDS));
          default ->
              throw GitVanException.of(
                  Codes.USAGE,
                  "--format " + format,
                  "there is no such format",
                  Nearest.sentence(
                      format,
                      List.of("json", "csv", "prometheus"),
                      "There are json, csv and prometheus."));
        };
    if (out == null) {
      console().out().print(text);
      console().out().flush();
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

  private List<OperationStats> chosen(String operation) {
    var history = metrics.history();
    if (operation == null) {
      return history;
    }
    var found =
        history.stream()
            .filter(
                stat ->
                    stat.operation().name().equals(operation)
                        || stat.operation().toString().equals(operation))
            .toList();
    if (found.isEmpty()) {
      var names = history.stream().map(stat -> stat.operation().name()).distinct().toList();
      throw GitVanException.of(
          Codes.USAGE,
          operation,
          "nothing of that name has been measured",
          Nearest.sentence(
              operation,
              names,
              names.isEmpty()
                  ? "Nothing has been measured yet."
                  : String.format(Locale.ROOT, "There are %s.", String.join(", ", names))));
    }
    return found;
  }
}
