package dev.gitvan.git.jgit.internal.run;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.git.GitRepository.State;
import dev.gitvan.git.jgit.internal.command.GitCall;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.command.GitOutput;
import dev.gitvan.git.jgit.internal.read.Progress;
import dev.gitvan.git.jgit.internal.read.View;
import dev.gitvan.git.jgit.internal.text.Messages;
import dev.gitvan.git.jgit.internal.text.RunTrailer;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.spi.JobContext;
import dev.gitvan.job.spi.Staging;
import dev.gitvan.job.spi.StepResult;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A run's rules: what is staged goes to its transaction; what is immediate is a step of its own,
 * refused in a dry run, and begins the transaction again when it moves what the run stands on.
 */
final class RunScope {
  private static final long LOCK_PATIENCE = TimeUnit.SECONDS.toNanos(2);

  private final View view;
  private final JobContext context;

  RunScope(View view, JobContext context) {
    this.view = view;
    this.context = context;
  }

  View view() {
    return view;
  }

  JobContext context() {
    return context;
  }

  boolean dryRun() {
    return context.dryRun();
  }

  Staging staging() {
    return context.staging();
  }

  /** Shows what would be staged. */
  void planned(String kind, String subject, String detail) {
    if (dryRun()) {
      context.planned(new PlannedEffect(kind, subject, detail));
    }
  }

  /**
   * The full id of what is named; null for null.
   *
   * @throws GitVanException {@code OBJECT_*}
   */
  String id(String revision) {
    return revision == null ? null : view.revisions().id(revision).name();
  }

  /**
   * The run's last commit, or HEAD.
   *
   * @throws GitVanException {@code REPO_EMPTY}
   */
  String head(String what) {
    return staging()
        .head()
        .orElseThrow(
            () ->
                GitVanException.of(
                    Codes.REPO_EMPTY,
                    view.worktree().toString(),
                    what + " needs a commit, but the repository has none yet",
                    "Make the first commit with git."));
  }

  /** The message of a commit that Git makes at once, with the run's trailers. */
  String sealed(String message) {
    var job = context.definition().name();
    var clean = Messages.clean(message, "commit message");
    return RunTrailer.sealed(clean.isEmpty() ? job + "\n" : clean, context.runId(), job);
  }

  /** Does something at once that the run does not stand on. */
  <T> T immediate(String what, Supplier<T> body) {
    refuseDryRun(what);
    return step(what, body);
  }

  /** Does something at once to the branch, the index or the files that the run stands on. */
  <T> T immediateBelow(String what, Supplier<T> body) {
    refuseDryRun(what);
    view.opened().requireOwnIndex();
    requireNothingStaged(what);
    return step(
        what,
        () -> {
          boolean done = false;
          try {
            var result = body.get();
            done = true;
            return result;
          } finally {
            restart(done);
          }
        });
  }

  private void restart(boolean done) {
    try {
      staging().restart();
    } catch (GitVanException e) {
      // The earlier failure is more informative.
      if (done) {
        throw e;
      }
    }
  }

  private void refuseDryRun(String what) {
    if (dryRun()) {
      context.planned(new PlannedEffect("git", what, ""));
      throw GitVanException.of(
          Codes.DRY_RUN,
          "git " + what,
          "it would take effect at once, which a dry run does not allow",
          "Run it without --dry-run. Later steps depend on it.");
    }
  }

  private void requireNothingStaged(String what) {
    if (!staging().staged().isEmpty()) {
      throw GitVanException.of(
          Codes.RUN_STAGED,
          "git " + what,
          "the run has staged commits, tags, notes or refs that this operation would bypass",
          "Do it before them, or in a job listed in `then`.");
    }
  }

  private <T> T step(String what, Supplier<T> body) {
    var result = new AtomicReference<T>();
    try {
      context.step(
          "git",
          what,
          null,
          () -> {
            result.set(body.get());
            return StepResult.ok("git " + what);
          });
      return result.get();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new Problem(Codes.INTERNAL, "git " + what, String.valueOf(e), "").toException(e);
    }
  }

  /**
   * Runs {@code git}. While another process holds the index for a moment, it is tried again: Git
   * itself does not wait for it, and has done nothing then.
   */
  GitOutput run(GitCall call) {
    long start = System.nanoTime();
    while (true) {
      var before = state();
      var output = view.tried(call);
      if (call.fine().contains(output.status())) {
        return output;
      }
      var problem = GitCommand.failure(call, output);
      boolean again =
          problem.code().equals(Codes.REPO_LOCKED)
              && state() == before
              && System.nanoTime() - start < LOCK_PATIENCE;
      if (!again) {
        throw problem.toException();
      }
      pause();
    }
  }

  private void pause() {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(5, 50));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      context.checkpoint();
    }
  }

  State state() {
    return Progress.of(view.worktree().gitDir());
  }

  /**
   * @throws GitVanException {@code REPO_BARE}, {@code REPO_UNSUPPORTED}, {@code REPO_IN_PROGRESS}
   */
  void requireFree() {
    view.requireWorktree();
    view.opened().requireOwnIndex();
    var state = state();
    if (state != State.NORMAL && state != State.BISECTING) {
      throw GitVanException.of(
          Codes.REPO_IN_PROGRESS,
          view.worktree().toString(),
          "it is in the middle of " + state.name().toLowerCase(java.util.Locale.ROOT),
          "Finish or abort it.");
    }
  }

  /**
   * @throws GitVanException {@code HEAD_DETACHED}
   */
  void requireBranch() {
    requireFree();
    if (staging().base().branch().isEmpty()) {
      throw GitVanException.of(
          Codes.HEAD_DETACHED,
          view.worktree().toString(),
          "it needs a branch, but HEAD is detached",
          "Check out a branch: `git switch NAME`.");
    }
  }
}
