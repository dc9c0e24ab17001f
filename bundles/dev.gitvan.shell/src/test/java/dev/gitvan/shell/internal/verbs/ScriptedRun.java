package dev.gitvan.shell.internal.verbs;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import dev.gitvan.event.Condition;
import dev.gitvan.event.JobTrigger;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobInput;
import dev.gitvan.job.JobOrder;
import dev.gitvan.job.JobOrigin;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunState;
import dev.gitvan.job.RunStatus;
import dev.gitvan.job.StepReport;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A run that ends as a test says. */
final class ScriptedRun implements JobRun {
  static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

  private static final Place PLACE = new Place("gitvan.yaml", 1, 1);
  static final Map<String, JobInput> INPUTS = declared();

  final CompletableFuture<Receipt> end = new CompletableFuture<>();
  private final JobOrder order;
  private final List<JobRun> followUps;

  ScriptedRun(JobOrder order, JobRun... followUps) {
    this.order = order;
    this.followUps = List.of(followUps);
  }

  static JobDefinition definition(String name, String description) {
    return JobDefinition.builder(
            name, new JobOrigin(JobOrigin.Kind.FILE, ".gitvan/jobs/" + name + ".yaml"), "f1")
        .description(description)
        .on(List.of(new JobTrigger.OnEvent(List.of(new Condition.Push(List.of("main"))))))
        .inputs(INPUTS)
        .timeout(Duration.ofSeconds(30))
        .steps(
            List.of(
                StepSpec.builder("template", text("notes.peb"), PLACE)
                    .condition("inputs.limit > 0")
                    .options(Map.of("to", text("NOTES.md")))
                    .env(Map.of("LANG", "C"))
                    .secrets(List.of("TOKEN"))
                    .timeout(Duration.ofSeconds(5))
                    .build()))
        .version("v1")
        .build();
  }

  private static Map<String, JobInput> declared() {
    var inputs = new LinkedHashMap<String, JobInput>();
    inputs.put("limit", JobInput.of(50L));
    inputs.put(
        "level",
        JobInput.builder()
            .type(JobInput.Type.STRING)
            .choices(List.of("low", "high"))
            .defaultValue("low")
            .description("How much.")
            .build());
    inputs.put(
        "token", JobInput.builder().type(JobInput.Type.STRING).required(true).secret(true).build());
    return inputs;
  }

  private static Node text(String text) {
    return new Node.Scalar(PLACE, text, text);
  }

  ScriptedRun ends(RunStatus status, StepStatus step, String commit, Problem error) {
    end.complete(
        Receipt.builder(id(), order.job())
            .version("v1")
            .fingerprint("f1")
            .head("0123456789")
            .commit(commit)
            .branch("refs/heads/main")
            .worktree("repo")
            .status(status)
            .error(error)
            .ran(START, START.plusMillis(5))
            .inputs(order.inputs())
            .artifacts(
                step == StepStatus.OK ? List.of(new Artifact("CHANGELOG.md", "ab", 3)) : List.of())
            .steps(List.of(new StepReport("template", "template", step, Duration.ofMillis(12), "")))
            .host("host")
            .gitvan("0.1.0")
            .build());
    return this;
  }

  @Override
  public String id() {
    return "01KAT-" + order.job();
  }

  @Override
  public JobOrder order() {
    return order;
  }

  @Override
  public RunState state() {
    return end.isDone() ? RunState.ENDED : RunState.RUNNING;
  }

  @Override
  public boolean existing() {
    return false;
  }

  @Override
  public Optional<Receipt> receipt() {
    return Optional.ofNullable(end.getNow(null));
  }

  @Override
  public Optional<Receipt> await(Duration limit) throws InterruptedException {
    try {
      return Optional.of(end.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean cancel(String reason) {
    ends(
        RunStatus.CANCELLED,
        StepStatus.CANCELLED,
        "",
        new Problem(Codes.INTERRUPTED, order.job(), reason, ""));
    return true;
  }

  @Override
  public List<JobRun> followUps() {
    return followUps;
  }
}
