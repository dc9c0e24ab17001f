package dev.gitvan.job.spi;

import dev.gitvan.config.Configuration;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.Deadline;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.StandardStream;
import dev.gitvan.job.Trigger;
import dev.gitvan.repository.WorktreeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The context of one attempt of a run. Valid until the job returns. Safe for any thread that the
 * job uses.
 */
@ProviderType
public interface JobContext {
  /** The run's id. */
  String runId();

  JobDefinition definition();

  WorktreeId worktree();

  /** The input values: those of the request, else the definition's defaults. */
  Map<String, Object> inputs();

  Trigger trigger();

  /** The start time of the run for templates; the same in every attempt and nested run. */
  Instant now();

  /** The number of this attempt, from 1. */
  int attempt();

  /**
   * Whether this is a dry run, which must not change anything and reports to {@link #planned}
   * instead.
   */
  boolean dryRun();

  /** The caller's environment. */
  Map<String, String> environment();

  /** The deadline of this attempt, or of the current step. */
  Deadline deadline();

  /**
   * Checks whether the job should continue.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code TIMEOUT} or {@code INTERRUPTED} if not
   */
  void checkpoint();

  /**
   * Stages changes to Git, which the runner applies when the run ends well. Nested runs share the
   * transaction of their caller.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code NO_TRANSACTION} when no installed bundle
   *     can write to Git
   */
  Staging staging();

  /** The configuration of the worktree: the same for the whole run, also for nested runs. */
  Configuration configuration();

  /** Records a file that the run wrote on its receipt. */
  void artifact(Artifact artifact);

  /**
   * Hides a value from now on in everything that the attempt, the runs that it calls and later
   * attempts print or record: {@code ***} stands for it. Lines of a value with several lines are
   * hidden one by one. Values and lines with fewer than four characters are not hidden, as they
   * would make other text unreadable.
   *
   * @param value such as a password; null hides nothing
   */
  void secret(String value);

  /** Prints a line. */
  void print(StandardStream stream, String line);

  /**
   * Reports what a real run would do. In a dry run only. After a {@code write} without an earlier
   * {@link #draft} of its path, and after any kind other than {@code commit}, {@code tag} or {@code
   * note}, the content of files is not {@linkplain #isPredictable predictable}.
   */
  void planned(PlannedEffect effect);

  /**
   * Records the content that a file would have from now on. In a dry run only. Later commits in
   * this run use it instead of the file.
   */
  void draft(Artifact file);

  /**
   * Whether the content of every file is predictable at this point of a dry run; true in a real
   * run.
   *
   * @see #planned
   */
  boolean isPredictable();

  /**
   * Runs one step: reports its start and end, measures it, interrupts it at its limit, and records
   * it on the receipt.
   *
   * @param timeout time limit; null: the attempt's
   * @return what the step returned
   * @throws Exception the exception of the step; {@code TIMEOUT} at its limit
   */
  StepResult step(String type, String name, Duration timeout, StepBody body) throws Exception;

  /**
   * Runs another job inside this run: its steps share the transaction, and its receipt has this run
   * as parent.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code JOB_CYCLE}, {@code JOB_NOT_FOUND}, or the
   *     failure of that job
   */
  JobResult call(String job, Map<String, Object> inputs) throws Exception;

  /**
   * Wraps work for a thread of the job's own, so that it counts as part of this run: bundles that
   * it uses are not replaced before the run ends. The run must not end before the work does.
   */
  Runnable asPartOfRun(Runnable work);

  /** The body of a step. */
  @FunctionalInterface
  interface StepBody {
    StepResult run() throws Exception;
  }
}
