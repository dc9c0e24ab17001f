package dev.gitvan.kernel.internal.run;

import dev.gitvan.config.Configuration;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.Deadline;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.StandardStream;
import dev.gitvan.job.StepReport;
import dev.gitvan.job.StepStatus;
import dev.gitvan.job.Trigger;
import dev.gitvan.job.spi.JobContext;
import dev.gitvan.job.spi.JobResult;
import dev.gitvan.job.spi.Staging;
import dev.gitvan.job.spi.StepResult;
import dev.gitvan.repository.WorktreeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One run's part of an attempt: the attempt's own run, or one that it calls. */
final class Frame implements JobContext {
  private final Attempt attempt;
  private final LiveRun run;
  private final Frame caller;
  private final Instant started;
  private final List<StepReport> steps = new ArrayList<>();
  private final Map<String, Artifact> artifacts;
  private final List<OpenStep> open = new ArrayList<>();
  private Throwable thrownByStep;
  private String throwingStep = "";

  private record OpenStep(String type, String name, long start) {}

  /**
   * @param caller null for the attempt's own run
   * @param artifacts those of earlier attempts, by path; added to
   */
  Frame(
      Attempt attempt,
      LiveRun run,
      Frame caller,
      Instant started,
      Map<String, Artifact> artifacts) {
    this.attempt = attempt;
    this.run = run;
    this.caller = caller;
    this.started = started;
    this.artifacts = artifacts;
  }

  LiveRun run() {
    return run;
  }

  Frame caller() {
    return caller;
  }

  Instant started() {
    return started;
  }

  synchronized List<StepReport> steps() {
    return List.copyOf(steps);
  }

  synchronized List<Artifact> artifacts() {
    return List.copyOf(artifacts.values());
  }

  /** The step that threw this, for people; empty when none did. */
  synchronized String stepThatThrew(Throwable thrown) {
    return thrown != null && thrown == thrownByStep ? throwingStep : "";
  }

  /** Reports the steps that will not end any more. */
  void giveUp(StepStatus status) {
    List<OpenStep> left;
    synchronized (this) {
      left = List.copyOf(open);
      open.clear();
    }
    left.forEach(step -> report(step, status, "did not end"));
  }

  @Override
  public String runId() {
    return run.id();
  }

  @Override
  public JobDefinition definition() {
    return run.definition();
  }

  @Override
  public WorktreeId worktree() {
    return run.order().worktree();
  }

  @Override
  public Map<String, Object> inputs() {
    return run.plan().inputs();
  }

  @Override
  public Trigger trigger() {
    return run.order().trigger();
  }

  @Override
  public Instant now() {
    return attempt.now();
  }

  @Override
  public int attempt() {
    return caller == null ? attempt.number() : 1;
  }

  @Override
  public boolean dryRun() {
    return run.order().dryRun();
  }

  @Override
  public Map<String, String> environment() {
    return run.order().environment();
  }

  @Override
  public Deadline deadline() {
    return attempt.deadline();
  }

  @Override
  public void checkpoint() {
    attempt.check(run);
  }

  @Override
  public Staging staging() {
    attempt.check(run);
    return attempt.transaction().staging(run);
  }

  @Override
  public Configuration configuration() {
    return run.plan().configuration();
  }

  @Override
  public synchronized void artifact(Artifact artifact) {
    artifacts.put(artifact.path(), artifact);
  }

  @Override
  public void secret(String value) {
    attempt.events().masks().add(value);
  }

  @Override
  public void print(StandardStream stream, String line) {
    if (!attempt.isOver()) {
      attempt.events().line(run, stream, line);
    }
  }

  @Override
  public void planned(PlannedEffect effect) {
    if (!attempt.isOver()) {
      attempt.planned(run, effect);
    }
  }

  @Override
  public void draft(Artifact file) {
    if (run.order().dryRun()) {
      attempt.drafts().put(file);
    }
  }

  @Override
  public boolean isPredictable() {
    return attempt.drafts().isPredictable();
  }

  @Override
  public StepResult step(String type, String name, Duration timeout, StepBody body)
      throws Exception {
    attempt.check(run);
    var step = new OpenStep(type, name, System.nanoTime());
    synchronized (this) {
      open.add(step);
    }
    attempt.events().stepStarted(run, type, name);
    var limit = timeout == null ? null : attempt.limit(Deadline.in(timeout));
    StepResult result = null;
    Throwable thrown = null;
    try {
      result = body.run();
    } catch (Throwable t) {
      thrown = t;
    }
    boolean late = limit != null && attempt.end(limit);
    boolean stillOpen;
    synchronized (this) {
      stillOpen = open.remove(step);
    }
    if (!stillOpen) {
      throw attempt.over(run);
    }
    if (late && !attempt.isCancelled()) {
      var failure = timedOut(step, timeout, thrown);
      report(step, StepStatus.TIMEOUT, "");
      throw threw(step, failure);
    }
    if (thrown == null && (result == null || result.status() == null)) {
      thrown =
          GitVanException.of(
              Codes.STEP_FAILED, place(step), "it returned no result", "Report it to its author.");
    }
    if (thrown != null) {
      report(step, attempt.statusOf(thrown), "");
      throw threw(step, thrown);
    }
    report(step, result.status(), result.message());
    return result;
  }

  private GitVanException timedOut(OpenStep step, Duration timeout, Throwable thrown) {
    return Outcome.timeout(
            place(step),
            "did not end within " + dev.gitvan.config.Quantities.format(timeout),
            thrown)
        .problem()
        .toException(thrown);
  }

  private String place(OpenStep step) {
    return run.definition().name() + " " + step.name();
  }

  /** Remembers who threw; an Error goes on as it is. */
  private Exception threw(OpenStep step, Throwable thrown) {
    synchronized (this) {
      thrownByStep = thrown;
      throwingStep = step.name();
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    return (Exception) thrown;
  }

  private void report(OpenStep step, StepStatus status, String message) {
    var took = Duration.ofNanos(System.nanoTime() - step.start());
    var report = new StepReport(step.type(), step.name(), status, took, message);
    synchronized (this) {
      steps.add(report);
    }
    attempt.events().stepFinished(run, report);
  }

  @Override
  public JobResult call(String job, Map<String, Object> inputs) throws Exception {
    attempt.check(run);
    return attempt.call(this, job, inputs);
  }

  @Override
  public Runnable asPartOfRun(Runnable work) {
    return attempt.carry(work);
  }

  /** The names from the attempt's own job down to this one. */
  List<String> path() {
    var names = caller == null ? new ArrayList<String>() : new ArrayList<>(caller.path());
    names.add(run.definition().name());
    return names;
  }

  /** The values that are passed to hooks, without secrets. */
  static Map<String, Object> hookData(LiveRun run) {
    var data = new LinkedHashMap<String, Object>();
    data.put("run", run.id());
    data.put("job", run.definition().name());
    data.put("inputs", run.maskedInputs());
    return data;
  }
}
