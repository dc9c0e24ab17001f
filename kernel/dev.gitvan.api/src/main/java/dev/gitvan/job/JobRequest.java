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
 * @param inputs override the definition's defaults; names that it does not declare are refused
 * @param priority null: the definition's
 * @param key the same key returns the first run for 7 days; null: none. It belongs to the
 *     repository: another job, or other inputs, are a conflict
 * @param timeout limit of one attempt; null: the definition's
 * @param dryRun validate, render and print what would happen; change nothing
 * @param environment the caller's environment, for {@code env} and child processes
 * @param now the run's start as templates see it ({@code GITVAN_NOW}); null: the clock
 * @param output told what happens
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

  /** A plain request: no inputs, no key, the definition's own limits, silent. */
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

  /** The same with other inputs. */
  public JobRequest withInputs(Map<String, Object> changed) {
    return new JobRequest(
        worktree, job, changed, trigger, priority, key, timeout, dryRun, environment, now, output);
  }

  /** The same with a key. */
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

  /** The same with a timeout. */
  public JobRequest withTimeout(Duration changed) {
    return new JobRequest(
        worktree, job, inputs, trigger, priority, key, changed, dryRun, environment, now, output);
  }

  /** The same with a priority. */
  public JobRequest withPriority(Priority changed) {
    return new JobRequest(
        worktree, job, inputs, trigger, changed, key, timeout, dryRun, environment, now, output);
  }

  /** The same as a dry run, or not. */
  public JobRequest withDryRun(boolean changed) {
    return new JobRequest(
        worktree, job, inputs, trigger, priority, key, timeout, changed, environment, now, output);
  }

  /** The same with an output. */
  public JobRequest withOutput(RunOutput changed) {
    return new JobRequest(
        worktree, job, inputs, trigger, priority, key, timeout, dryRun, environment, now, changed);
  }

  /** The same with an environment. */
  public JobRequest withEnvironment(Map<String, String> changed) {
    return new JobRequest(
        worktree, job, inputs, trigger, priority, key, timeout, dryRun, changed, now, output);
  }

  /** The same with another trigger. */
  public JobRequest withTrigger(Trigger changed) {
    return new JobRequest(
        worktree, job, inputs, changed, priority, key, timeout, dryRun, environment, now, output);
  }

  /** The same with a fixed {@code now}. */
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
