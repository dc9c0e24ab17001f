package dev.gitvan.testkit;

import dev.gitvan.config.Configuration;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.Deadline;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobOrigin;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A job context without a kernel, which records what the job does. */
public final class FakeJobContext implements JobContext {
  /** The printed lines: {@code OUT text} or {@code ERR text}. */
  public final List<String> printed = Collections.synchronizedList(new ArrayList<>());

  public final List<Artifact> artifacts = Collections.synchronizedList(new ArrayList<>());
  public final List<PlannedEffect> planned = Collections.synchronizedList(new ArrayList<>());
  public final List<StepReport> steps = Collections.synchronizedList(new ArrayList<>());

  /** The values that the job hides. */
  public final List<String> secrets = Collections.synchronizedList(new ArrayList<>());

  /** The calls of other jobs: name and inputs. */
  public final List<Object> called = Collections.synchronizedList(new ArrayList<>());

  /** The result of calls. */
  public JobResult callResult = JobResult.ok();

  /** The drafts that steps of a dry run recorded. */
  public final List<Artifact> drafts = Collections.synchronizedList(new ArrayList<>());

  /** The result of {@link #isPredictable}. */
  public boolean predictable = true;

  /** What the job stages; null when nothing can write to Git. */
  public FakeStaging staging = new FakeStaging();

  public Configuration configuration = new FakeConfiguration();
  public boolean dryRun;
  public Map<String, Object> inputs = Map.of();
  public Map<String, String> environment = System.getenv();
  public Instant now = Instant.parse("2024-05-06T07:08:09Z");
  public Deadline deadline = Deadline.in(Duration.ofMinutes(1));

  private final WorktreeId worktree;
  private final JobDefinition definition;

  /** Creates a context for a run of a job in a worktree. */
  public FakeJobContext(WorktreeId worktree, String job) {
    this.worktree = worktree;
    this.definition =
        JobDefinition.builder(job, new JobOrigin(JobOrigin.Kind.FILE, "test.yaml:1"), "0").build();
  }

  @Override
  public String runId() {
    return "01ARZ3NDEKTSV4RRFFQ69G5FAV";
  }

  @Override
  public JobDefinition definition() {
    return definition;
  }

  @Override
  public WorktreeId worktree() {
    return worktree;
  }

  @Override
  public Map<String, Object> inputs() {
    return inputs;
  }

  @Override
  public Trigger trigger() {
    return Trigger.command();
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public boolean dryRun() {
    return dryRun;
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public void checkpoint() {
    if (deadline.passed()) {
      throw GitVanException.of(Codes.TIMEOUT, definition.name(), "the deadline has passed", "");
    }
  }

  @Override
  public Staging staging() {
    if (staging == null) {
      throw GitVanException.of(Codes.NO_TRANSACTION, "", "nothing can write to Git", "");
    }
    return staging;
  }

  @Override
  public Configuration configuration() {
    return configuration;
  }

  @Override
  public void artifact(Artifact artifact) {
    artifacts.add(artifact);
  }

  @Override
  public void secret(String value) {
    if (value != null) {
      secrets.add(value);
    }
  }

  @Override
  public void print(StandardStream stream, String line) {
    printed.add(stream + " " + line);
  }

  @Override
  public void planned(PlannedEffect effect) {
    planned.add(effect);
  }

  @Override
  public void draft(Artifact file) {
    drafts.add(file);
  }

  @Override
  public boolean isPredictable() {
    return predictable;
  }

  @Override
  public StepResult step(String type, String name, Duration timeout, StepBody body)
      throws Exception {
    var before = deadline;
    deadline = timeout == null ? before : before.earlier(Deadline.in(timeout));
    try {
      var result = body.run();
      steps.add(new StepReport(type, name, result.status(), Duration.ZERO, result.message()));
      return result;
    } catch (Exception e) {
      steps.add(new StepReport(type, name, StepStatus.FAILED, Duration.ZERO, String.valueOf(e)));
      throw e;
    } finally {
      deadline = before;
    }
  }

  @Override
  public Runnable asPartOfRun(Runnable work) {
    return work;
  }

  @Override
  public JobResult call(String job, Map<String, Object> with) {
    called.add(job);
    called.add(with);
    return callResult;
  }
}
