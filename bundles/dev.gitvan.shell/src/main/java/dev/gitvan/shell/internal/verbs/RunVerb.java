package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.Console.Style;
import dev.gitvan.command.Console.Verbosity;
import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Verb;
import dev.gitvan.config.Quantities;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCatalog;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Documents;
import dev.gitvan.job.JobInput;
import dev.gitvan.job.JobOrder;
import dev.gitvan.job.JobRegistry;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.JobRunner;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.Priority;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunStatus;
import dev.gitvan.job.StepStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gitvan run}. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "run", description = "Run a job")
@Command(
    name = "run",
    description = {
      "Run a job and the jobs that it starts. Commits, tags and notes are applied together with the"
          + " receipt when the run succeeds, or not at all."
    },
    footer = {
      "",
      "Examples:",
      "  gitvan run changelog",
      "  gitvan run changelog --dry-run",
      "  gitvan run changelog --release 1.2.0 -i tag=true",
      "  echo '{\"tag\": true}' | gitvan run changelog --inputs -"
    })
public final class RunVerb extends VerbSupport implements Callable<Integer> {
  /** In contrast to {@code -i release=1.20}, which is a number. */
  private static final Pattern VERSION =
      Pattern.compile("v?(?<version>[0-9]+(?:\\.[0-9]+)+(?:[-+][0-9A-Za-z.+-]+)?)");

  @Parameters(paramLabel = "JOB", description = "name of the job")
  private String job;

  @Option(
      names = {"-i", "--input"},
      paramLabel = "KEY=VALUE",
      description = "an input, by its declared type, else a YAML scalar; may be repeated")
  private List<String> pairs;

  @Option(
      names = "--inputs",
      paramLabel = "FILE",
      description = "JSON or YAML file of inputs; - reads standard input, for secrets")
  private String inputsFile;

  @Option(
      names = "--release",
      paramLabel = "VERSION",
      description = "the input release, as a string without a leading v")
  private String release;

  @Option(names = "--dry-run", description = "print what would happen, without changing anything")
  private boolean dryRun;

  @Option(names = "--detach", description = "return at once; requires the daemon")
  private boolean detach;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "run once per key: for 7 days, the same key returns the first run")
  private String key;

  @Option(names = "--priority", paramLabel = "PRIORITY", description = "high, normal or low")
  private Priority priority;

  @Option(names = "--timeout", paramLabel = "DURATION", description = "time limit, such as 30s")
  private String timeout;

  private final JobRegistry jobs;
  private final JobRunner runner;
  private final ErrorCatalog errors;
  private final InputValues values;

  @Activate
  public RunVerb(
      @Reference JobRegistry jobs,
      @Reference JobRunner runner,
      @Reference ErrorCatalog errors,
      @Reference Documents documents) {
    this.jobs = jobs;
    this.runner = runner;
    this.errors = errors;
    this.values = new InputValues(documents);
  }

  @Override
  public Integer call() {
    if (detach) {
      throw GitVanException.of(
          Codes.DAEMON_UNAVAILABLE,
          "gitvan run --detach",
          "no daemon is running",
          "Run it without --detach.");
    }
    if (key != null && key.isBlank()) {
      throw GitVanException.of(
          Codes.USAGE, "gitvan run --key", "the key is empty", "Pass a key, or omit --key.");
    }
    if (dryRun) {
      invocation().dryRun();
    }
    var limit = limit();
    var inputs = new LinkedHashMap<String, Object>(values.read(invocation(), inputsFile));
    if (pairs != null) {
      var declared = jobs.find(invocation().worktree(), job).inputs();
      inputs.putAll(values.pairs("-i", pairs, name -> isString(declared.get(name))));
    }
    if (release != null) {
      inputs.put("release", version());
    }
    var printer = new RunPrinter(console(), job);
    var environment = invocation().environment();
    var order =
        JobOrder.builder(invocation().worktree(), job)
            .inputs(inputs)
            .priority(priority)
            .key(key)
            .timeout(limit)
            .dryRun(dryRun)
            .environment(environment);
    if (!environment.getOrDefault("GITVAN_NOW", "").isEmpty()) {
      order.now(InputValues.now(environment));
    }
    if (!console().json()) {
      Inactive.triggers(jobs.find(invocation().worktree(), job)).ifPresent(console()::progress);
    }
    var run = runner.submit(order.build(), printer);
    var waiting = new RunWaiter(run, printer);
    invocation().onInterrupt(waiting::interrupt);
    return end(run, waiting.await(), printer);
  }

  private String version() {
    var match = VERSION.matcher(release);
    if (!match.matches()) {
      throw GitVanException.of(
          Codes.USAGE,
          "--release " + release,
          "not a version",
          "Write for example 1.2.0 or 1.2.0-rc.1.");
    }
    return match.group("version");
  }

  private Duration limit() {
    if (timeout == null) {
      return null;
    }
    return Quantities.duration(timeout)
        .filter(duration -> !duration.isZero())
        .orElseThrow(
            () ->
                GitVanException.of(
                    Codes.JOB_TIMEOUT_INVALID,
                    "--timeout " + timeout,
                    "not a positive duration",
                    "Write for example 250ms, 30s, 5m or 2h."));
  }

  /** A run and how it ended. */
  private record Ended(JobRun run, Receipt receipt) {}

  /** Waits for what the run started, and prints how everything ended. */
  private int end(JobRun run, Receipt receipt, RunPrinter printer) {
    var followUps = new ArrayList<Ended>();
    if (receipt.status() == RunStatus.OK) {
      followUp(run, printer, followUps);
    }
    printer.clear();
    if (console().json()) {
      var receipts = followUps.stream().map(Ended::receipt).toList();
      console().json("gitvan.run.v1", fields(run, receipt, receipts, printer.plannedEffects()));
    } else if (console().verbosity() != Verbosity.QUIET) {
      summarize(run, receipt);
      followUps.forEach(followUp -> summarize(followUp.run(), followUp.receipt()));
    }
    int status = report(run, receipt);
    for (var followUp : followUps) {
      int ended = report(followUp.run(), followUp.receipt());
      status = status == ExitStatus.OK ? ended : status;
    }
    return status;
  }

  private void followUp(JobRun run, RunPrinter printer, List<Ended> ended) {
    for (var next : run.followUps()) {
      var waiting = new RunWaiter(next, printer);
      invocation().onInterrupt(waiting::interrupt);
      var receipt = waiting.await();
      ended.add(new Ended(next, receipt));
      if (receipt.status() == RunStatus.OK) {
        followUp(next, printer, ended);
      }
    }
  }

  private void summarize(JobRun run, Receipt receipt) {
    if (run.existing()) {
      console().out().println("already run with this key");
    }
    if (!run.order().dryRun()) {
      summarize(receipt, run.isRecorded());
    } else if (isGood(receipt)) {
      console().progress("dry run: nothing was changed");
    }
  }

  private void summarize(Receipt receipt, boolean recorded) {
    if (isUnchanged(receipt)) {
      console().out().println("nothing changed");
    } else {
      for (var artifact : receipt.artifacts()) {
        line("wrote", artifact.path());
      }
      if (!receipt.commit().isEmpty()) {
        line("commit", receipt.commit().substring(0, Math.min(7, receipt.commit().length())));
      }
    }
    if (recorded) {
      line("receipt", receipt.id());
    }
  }

  private void line(String name, String value) {
    console()
        .out()
        .println(console().styled(Style.FAINT, String.format("%-7s", name)) + " " + value);
  }

  private static boolean isUnchanged(Receipt receipt) {
    return receipt.status() == RunStatus.OK
        && receipt.commit().isEmpty()
        && !receipt.steps().isEmpty()
        && receipt.steps().stream()
            .allMatch(
                step ->
                    step.status() == StepStatus.UNCHANGED || step.status() == StepStatus.SKIPPED);
  }

  private static boolean isString(JobInput input) {
    return input != null && input.type() == JobInput.Type.STRING;
  }

  /** Prints what went wrong, if anything did, and returns the exit status. */
  private int report(JobRun run, Receipt receipt) {
    if (isGood(receipt)) {
      return ExitStatus.OK;
    }
    var problem =
        receipt.error() != null
            ? receipt.error()
            : new Problem(code(receipt.status()), receipt.job(), "the job " + receipt.status(), "");
    console().problem(problem, run.failure().orElse(null));
    return switch (receipt.status()) {
      case TIMEOUT -> ExitStatus.TIMEOUT;
      case CANCELLED -> ExitStatus.INTERRUPTED;
      default -> exitStatus(run, problem);
    };
  }

  /** A run that ended earlier left the name of its code, which may be a plugin's. */
  private int exitStatus(JobRun run, Problem problem) {
    return run.existing()
        ? errors
            .find(problem.code().name())
            .map(listing -> listing.code().exitStatus())
            .orElse(problem.exitStatus())
        : problem.exitStatus();
  }

  private static boolean isGood(Receipt receipt) {
    return receipt.status() == RunStatus.OK || receipt.status() == RunStatus.SKIPPED;
  }

  private static ErrorCode code(RunStatus status) {
    return switch (status) {
      case TIMEOUT -> Codes.TIMEOUT;
      case CANCELLED -> Codes.INTERRUPTED;
      default -> Codes.JOB_FAILED;
    };
  }

  private static Map<String, Object> fields(
      JobRun run, Receipt receipt, List<Receipt> followUps, List<PlannedEffect> planned) {
    var fields = new LinkedHashMap<String, Object>(receipt.toMap());
    fields.remove("schema");
    fields.put("existing", run.existing());
    fields.put("dryRun", run.order().dryRun());
    fields.put("recorded", run.isRecorded());
    fields.put("unchanged", isUnchanged(receipt));
    fields.put("planned", planned.stream().map(RunVerb::fields).toList());
    fields.put("followUps", followUps.stream().map(Receipt::toMap).toList());
    return fields;
  }

  private static Map<String, Object> fields(PlannedEffect effect) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("kind", effect.kind().toLowerCase(Locale.ROOT));
    fields.put("subject", effect.subject());
    fields.put("detail", effect.detail());
    return fields;
  }
}
