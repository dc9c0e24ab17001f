package dev.gitvan.bench.internal;

import static java.util.stream.Collectors.joining;

import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Invocation;
import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gitvan bench}: the workloads, each against its peers in the same run. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "bench", description = "Measure GitVan against its peers on this machine")
@Command(
    name = "bench",
    description = {
      "Measure GitVan against its peers on this machine.",
      "Contenders take turns, so that other load on the machine affects all alike. Trust the"
          + " ratios more than the times. Works in a temporary directory."
    })
public final class BenchVerb implements Verb, Callable<Integer> {
  private static final int ATTEMPTS = 50;
  private static final long PAUSE_NANOS = 100_000_000;

  @Parameters(
      arity = "0..*",
      paramLabel = "WORKLOAD",
      description =
          "templates, git-ops, git-growth, git-objects, config, cache, or an operation such as"
              + " template.render; default: all")
  private List<String> names = new ArrayList<>();

  @Option(names = "--samples", paramLabel = "N", description = "number of samples per contender")
  private int samples;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "number of warm-up rounds per contender")
  private Integer warmUp;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "3",
      description = "number of runs; default: 3")
  private int runs;

  private final List<Workload> workloads;
  private Invocation invocation;

  @Activate
  public BenchVerb(@Reference List<Workload> workloads, @Reference List<WorkloadSet> sets) {
    this.workloads =
        Stream.concat(workloads.stream(), sets.stream().flatMap(set -> set.workloads().stream()))
            .sorted(Comparator.comparing(w -> w.plan().workload()))
            .toList();
  }

  @Override
  public void begin(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws Exception {
    if (samples < 0 || runs < 1 || warmUp != null && warmUp < 0) {
      throw GitVanException.of(
          Codes.USAGE,
          "gitvan bench",
          "--runs is 1 or more, --samples and --warm-up are 0 or more",
          "See gitvan bench --help.");
    }
    var results = new ArrayList<Map<String, Object>>();
    var chosen = chosen();
    // Deleted at the end: for minutes some file systems make files slowly where many were deleted.
    var directory = Files.createTempDirectory("gitvan-bench");
    try {
      for (var workload : chosen) {
        for (int run = 1; run <= runs; run++) {
          results.addAll(measure(workload, run, Files.createTempDirectory(directory, "run")));
        }
      }
    } finally {
      delete(directory);
    }
    print(results);
    return 0;
  }

  private List<Workload> chosen() {
    var known =
        workloads.stream()
            .map(Workload::plan)
            .flatMap(p -> Stream.of(p.workload(), p.operation()))
            .distinct()
            .toList();
    for (var name : names) {
      if (!known.contains(name)) {
        throw GitVanException.of(
            Codes.USAGE,
            name,
            "there is no such workload",
            Nearest.sentence(
                name,
                known,
                "There are "
                    + workloads.stream()
                        .map(w -> w.plan().workload())
                        .distinct()
                        .collect(joining(", "))
                    + "."));
      }
    }
    return workloads.stream().filter(w -> names.isEmpty() || isNamed(w.plan())).toList();
  }

  private boolean isNamed(Workload.Plan plan) {
    return names.contains(plan.workload()) || names.contains(plan.operation());
  }

  private List<Map<String, Object>> measure(Workload workload, int run, Path directory)
      throws Exception {
    var console = invocation.console();
    var plan = workload.plan();
    console.progress(plan.workload() + ": run " + run + " of " + runs);
    int count = samples == 0 ? plan.samples() : samples;
    var results = new ArrayList<Map<String, Object>>();
    var fought =
        Duel.fight(
            workload,
            directory,
            warmUp == null ? plan.warmUp() : warmUp,
            count,
            run == 1 ? console::progress : notice -> {});
    fought.forEach(
        (contender, taken) -> results.add(taken.toMap(plan.operation(), contender, run)));
    return results;
  }

  private void print(List<Map<String, Object>> results) {
    var console = invocation.console();
    if (console.json()) {
      console.json("gitvan.bench.v1", environment(results));
      return;
    }
    var ours = new LinkedHashMap<String, Double>();
    var rows = new ArrayList<List<String>>();
    for (var result : results) {
      var key = result.get("op") + " " + result.get("run");
      if (result.get("peer").equals("gitvan")) {
        ours.put(key, (Double) result.get("p50"));
      }
      rows.add(
          List.of(
              (String) result.get("op"),
              (String) result.get("peer"),
              String.valueOf(result.get("run")),
              String.valueOf(result.get("n")),
              millis(result.get("p50")),
              millis(result.get("p95")),
              millis(result.get("p99")),
              ratio((Double) result.get("p50"), ours.get(key))));
    }
    console.table(List.of("operation", "by", "run", "n", "p50", "p95", "p99", "times ours"), rows);
  }

  private static Map<String, Object> environment(List<Map<String, Object>> results) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    fields.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    fields.put("processors", (long) Runtime.getRuntime().availableProcessors());
    fields.put("results", results);
    return fields;
  }

  private static String millis(Object value) {
    return String.format(Locale.ROOT, "%.4f ms", (Double) value);
  }

  private static String ratio(double theirs, Double own) {
    return own == null ? "" : String.format(Locale.ROOT, "%.1f", theirs / own);
  }

  /** Caches may still be written to the repository behind our back: tried until that has ended. */
  private static void delete(Path directory) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try (var paths = Files.walk(directory)) {
        for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
        return;
      } catch (DirectoryNotEmptyException | NoSuchFileException | UncheckedIOException e) {
        if (attempt == ATTEMPTS) {
          return;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
