package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Documents;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.JobRunner;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunState;
import dev.gitvan.job.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

/** {@code gitvan queue}: the runs that wait and run, by id. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "queue", description = "Show and cancel runs")
@Command(
    name = "queue",
    description = {
      "Show and cancel the runs of this repository that wait or run.",
      "The run store local, which is the default, knows the runs of this process: in gitvan shell, those"
          + " started in the background with &."
    })
public final class QueueVerb extends VerbSupport {
  private static final List<String> HEADER = List.of("id", "job", "state", "trigger", "key");

  /** How long to wait for the end of a run that was cancelled. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final JobRunner runner;
  private final Documents documents;

  @Activate
  public QueueVerb(@Reference JobRunner runner, @Reference Documents documents) {
    this.runner = runner;
    this.documents = documents;
  }

  @Command(name = "list", description = "List the runs that wait or run, oldest first.")
  int list(
      @Option(names = "--all", description = "also those that have ended and are still known")
          boolean all) {
    var runs = runs().stream().filter(run -> all || run.state() != RunState.ENDED).toList();
    if (console().json()) {
      console().json("gitvan.queue.v1", Map.of("runs", runs.stream().map(QueueVerb::map).toList()));
    } else if (runs.isEmpty()) {
      console().progress(all ? "no runs are known" : "no runs are waiting or running");
    } else {
      console().table(HEADER, runs.stream().map(QueueVerb::row).toList());
    }
    return ExitStatus.OK;
  }

  @Command(
      name = "show",
      description = "Show one run: its order, and its receipt when it has ended.")
  int show(@Parameters(paramLabel = "ID", description = "run id, or its beginning") String id) {
    var run = map(find(id));
    if (console().json()) {
      console().json("gitvan.queue-run.v1", run);
    } else {
      console().out().println(documents.toPrettyJson(run));
    }
    return ExitStatus.OK;
  }

  @Command(
      name = "cancel",
      description = {
        "Cancel runs, and wait for their ends for up to 5 s.",
        "A run that has started is interrupted, and leaves a receipt."
      })
  int cancel(
      @Parameters(
              arity = "1..*",
              paramLabel = "ID",
              description = "run id, or its beginning; may be repeated")
          List<String> ids)
      throws InterruptedException {
    // All are looked up before the first is cancelled.
    var runs = ids.stream().map(this::find).toList();
    var cancelled = new ArrayList<String>();
    for (var run : runs) {
      if (!run.cancel("gitvan queue cancel")) {
        console().progress(run.id() + " has ended, or runs in another process");
        continue;
      }
      var status = run.await(LIMIT).map(Receipt::status);
      if (status.isEmpty()) {
        console().progress(run.id() + " is being cancelled, but has not ended yet");
      } else if (status.get() != RunStatus.CANCELLED) {
        console().progress(run.id() + " has ended: " + status.get());
      } else {
        cancelled.add(run.id());
        if (!console().json()) {
          console().out().println("cancelled " + run.id());
        }
      }
    }
    if (console().json()) {
      console().json("gitvan.queue-cancelled.v1", Map.of("cancelled", cancelled));
    }
    return ExitStatus.OK;
  }

  private List<JobRun> runs() {
    var repository = invocation().worktree().repository();
    return runner.list().stream()
        .filter(run -> run.order().worktree().repository().equals(repository))
        .toList();
  }

  private JobRun find(String id) {
    var beginning = id.toUpperCase(Locale.ROOT);
    var found = runs().stream().filter(run -> run.id().startsWith(beginning)).toList();
    if (id.isBlank() || found.isEmpty()) {
      throw GitVanException.of(
          Codes.RUN_NOT_FOUND,
          id,
          "there is no such run",
          "See gitvan queue list --all, or gitvan receipt list for runs of other processes.");
    }
    if (found.size() > 1) {
      throw GitVanException.of(
          Codes.OBJECT_AMBIGUOUS,
          id,
          found.size() + " runs begin with it",
          "Use more characters of the id.");
    }
    return found.get(0);
  }

  private static List<String> row(JobRun run) {
    var order = run.order();
    return List.of(
        run.id(),
        order.job(),
        word(run.state()),
        word(order.trigger().kind()),
        order.key().orElse(""));
  }

  /** The environment is the caller's own affair, and may be confidential. */
  private static Map<String, Object> map(JobRun run) {
    var order = run.order().toMap();
    order.remove("environment");
    var map = new LinkedHashMap<String, Object>();
    map.put("id", run.id());
    map.put("state", word(run.state()));
    map.put("order", order);
    map.put("receipt", run.receipt().map(Receipt::toMap).orElse(null));
    return map;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
