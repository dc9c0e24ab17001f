package dev.gitvan.job.spi;

import dev.gitvan.config.Configuration;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.Deadline;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.RunOutput;
import dev.gitvan.job.Trigger;
import dev.gitvan.repository.WorktreeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One attempt of one run, as the job sees it. Valid until the job returns. Safe for any thread that
 * the job uses.
 */
@ProviderType
public interface JobContext {
  /** The run's id. */
  String runId();

  JobDefinition definition();

  WorktreeId worktree();

  /** The definition's defaults, overridden by the request. */
  Map<String, Object> inputs();

  Trigger trigger();

  /** The run's start as templates see it; the same in every attempt and every nested run. */
  Instant now();

  /** This attempt, from 1. */
  int attempt();

  /** Whether nothing may be changed; {@link #planned} takes what would have been. */
  boolean dryRun();

  /** The caller's environment. */
  Map<String, String> environment();

  /** When this attempt, or the step that runs, must have ended. */
  Deadline deadline();

  /**
   * Whether to go on.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code TIMEOUT} or {@code INTERRUPTED} when not
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

  /** Notes a file that the run wrote, for its receipt. */
  void artifact(Artifact artifact);

  /** Prints a line. */
  void print(RunOutput.Stream stream, String line);

  /**
   * In a dry run: what would have been done. A {@code write} without a {@link #draft} of that path
   * before, and everything that is no {@code commit}, {@code tag} or {@code note}, may change files
   * in ways that nobody {@linkplain #isForeseen foresees}.
   */
  void planned(PlannedEffect effect);

  /**
   * In a dry run: notes a file as it would be from now on. The commits that follow in this run see
   * it so, as they would see the file.
   */
  void draft(Artifact file);

  /**
   * In a dry run: whether it is known what every file would be by now. Otherwise: true.
   *
   * @see #planned
   */
  boolean isForeseen();

  /**
   * Runs one step: announces it, times it, ends it at its limit, and puts it on the receipt.
   *
   * @param timeout its limit; null: the attempt's
   * @return what the step returned
   * @throws Exception what the step threw; {@code TIMEOUT} at its limit
   */
  StepResult step(String type, String name, Duration timeout, StepBody body) throws Exception;

  /**
   * Runs another job inside this run: its steps share the transaction, its receipt line has this
   * run as its parent.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code JOB_CYCLE}, {@code JOB_NOT_FOUND}, or how
   *     that job failed
   */
  JobResult call(String job, Map<String, Object> inputs) throws Exception;

  /**
   * Makes work on a thread of the job's own part of this run: what it uses counts as used by the
   * run, so that no bundle is replaced under it. The run must not end before the work does.
   */
  Runnable asPartOfRun(Runnable work);

  /** The body of a step. */
  @FunctionalInterface
  interface StepBody {
    StepResult run() throws Exception;
  }
}
