package dev.gitvan.job;

import dev.gitvan.repository.WorktreeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A request to run a job.
 *
 * @param inputs values that override the definition's defaults; undeclared names are rejected
 * @param priority priority; null: the definition's
 * @param key for 7 days the same key returns the first run; null: none. Keys belong to the
 *     repository: using a key with another job or other inputs is a conflict
 * @param timeout time limit of one attempt; null: the definition's
 * @param dryRun whether to only validate, render and print what would happen
 * @param environment the caller's environment, for {@code env} and child processes
 * @param now the start time for templates ({@code GITVAN_NOW}); null: the current time
 * @param output receives the events of the run
 */
public record JobRequest(
    WorktreeId worktree,
    String job,
    Map<String, Object> inputs,
    Trigger trigger,
    Priority priority,
    String key,
    Duration timeout,
    boolean dryRun,
    Map<String, String> environment,
    Instant now,
    RunOutput output) {
  public JobRequest {
    Objects.requireNonNull(worktree, "worktree");
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(trigger, "trigger");
    Objects.requireNonNull(output, "output");
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    environment = Map.copyOf(environment);
  }

  /** A request without inputs, key, limits or output. */
  public static JobRequest of(WorktreeId worktree, String job) {
    return new JobRequest(
        worktree,
        job,
        Map.of(),
        Trigger.command(),
        null,
        null,
        null,
        false,
        Map.of(),
        null,
        RunOutput.SILENT);
  }

  /** A copy with other inputs. */
  public JobRequest withInputs(Map<String, Object> changed) {
    return new JobRequest(
        worktree, job, changed, trigger, priority, key, timeout, dryRun, environment, now, output);
  }

  /** A copy with a key. */
  public JobRequest withKey(String changed) {
    return new JobRequest(
        worktree,
        job,
        inputs,
        trigger,
        priority,
        changed,
        timeout,
        dryRun,
        environment,
        now,
        output);
  }

  /** A copy with a timeout. */
  public JobRequest withTimeout(Duration changed) {
    return new JobRequest(
        worktree, job, inputs, trigger, priority, key, changed, dryRun, environment, now, output);
  }

  /** A copy with a priority. */
  public JobRequest withPriority(Priority changed) {
    return new JobRequest(
        worktree, job, inputs, trigger, changed, key, timeout, dryRun, environment, now, output);
  }

  /** A copy that is a dry run, or not. */
  public JobRequest withDryRun(boolean changed) {
    return new JobRequest(
        worktree, job, inputs, trigger, priority, key, timeout, changed, environment, now, output);
  }

  /** A copy with an output. */
  public JobRequest withOutput(RunOutput changed) {
    return new JobRequest(
        worktree, job, inputs, trigger, priority, key, timeout, dryRun, environment, now, changed);
  }

  /** A copy with an environment. */
  public JobRequest withEnvironment(Map<String, String> changed) {
    return new JobRequest(
        worktree, job, inputs, trigger, priority, key, timeout, dryRun, changed, now, output);
  }

  /** A copy with another trigger. */
  public JobRequest withTrigger(Trigger changed) {
    return new JobRequest(
        worktree, job, inputs, changed, priority, key, timeout, dryRun, environment, now, output);
  }

  /** A copy with a fixed {@code now}. */
  public JobRequest withNow(Instant changed) {
    return new JobRequest(
        worktree,
        job,
        inputs,
        trigger,
        priority,
        key,
        timeout,
        dryRun,
        environment,
        changed,
        output);
  }
}
