package dev.gitvan.git.jgit.internal.run;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.GitRepository.State;
import dev.gitvan.git.Operations.OnConflict;
import dev.gitvan.git.jgit.internal.command.Caller;
import dev.gitvan.git.jgit.internal.command.GitCall;
import dev.gitvan.git.jgit.internal.read.JGitRefs;
import dev.gitvan.git.jgit.internal.read.View;
import dev.gitvan.job.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;

/**
 * What becomes of an operation that stops in the middle: by a conflict, at a deadline, by being
 * cancelled.
 */
final class Conflicts {
  /** Going back must not depend on the time that is left. */
  private static final Duration GOING_BACK = Duration.ofSeconds(30);

  private static final int NAMED = 10;

  private final RunScope scope;

  Conflicts(RunScope scope) {
    this.scope = scope;
  }

  /**
   * Does something that can stop in the middle, in a worktree in which nothing is in progress.
   *
   * @throws GitVanException {@code MERGE_CONFLICT} with the paths
   */
  <T> T guard(String what, OnConflict onConflict, Supplier<T> body) {
    boolean clean = isIndexClean(scope.view());
    var head = head();
    try {
      return body.get();
    } catch (GitVanException e) {
      boolean stopped = e.code().equals(Codes.TIMEOUT) || e.code().equals(Codes.INTERRUPTED);
      if (!inProgress()) {
        if (stopped && clean && head.equals(head())) {
          takeBack();
        }
        throw e;
      }
      var paths = stopped ? List.<String>of() : paths();
      if (stopped || paths.isEmpty() || onConflict == OnConflict.ABORT) {
        goBack();
      }
      throw paths.isEmpty() ? e : conflict(what, paths, onConflict == OnConflict.KEEP);
    }
  }

  private boolean inProgress() {
    var state = scope.state();
    return state != State.NORMAL && state != State.BISECTING;
  }

  /** The paths that are unmerged in the index. */
  List<String> paths() {
    var call = GitCall.reading("diff", "--no-ext-diff", "--name-only", "--diff-filter=U", "-z");
    return scope.view().run(call).fields().stream().filter(path -> !path.isEmpty()).toList();
  }

  /** The failure that names them. */
  static GitVanException conflict(String what, List<String> paths, boolean kept) {
    var named =
        Stream.concat(
                paths.stream().limit(NAMED),
                paths.size() > NAMED
                    ? Stream.of("and " + (paths.size() - NAMED) + " more")
                    : Stream.empty())
            .toList();
    return GitVanException.of(
        Codes.MERGE_CONFLICT,
        String.join(", ", named),
        "git " + what + " conflicts there" + (kept ? "" : "; nothing was changed"),
        kept
            ? "Resolve the conflict and continue with git, or abort."
            : "Merge the changes manually.");
  }

  private Optional<String> head() {
    return new JGitRefs(scope.view()).find(Constants.HEAD);
  }

  private static boolean isIndexClean(View view) {
    var call = GitCall.reading("diff", "--no-ext-diff", "--cached", "--quiet", "HEAD").fine(1);
    return view.run(call).status() == 0;
  }

  /**
   * Git was ended after it had changed index and files, and before it noted down that it merges.
   * The index was HEAD's, so that nothing of the user's is in what is taken back.
   */
  private void takeBack() {
    unhurried(
        view -> {
          if (!isIndexClean(view)) {
            view.run(GitCall.changing("reset", "--quiet", "--merge", "HEAD"));
          }
        });
  }

  /** Gives up what is in progress. */
  void abort() {
    command().ifPresent(call -> scope.run(call));
  }

  private Optional<GitCall> command() {
    return switch (scope.state()) {
      case MERGING -> Optional.of(GitCall.changing("merge", "--abort"));
      case REBASING -> Optional.of(GitCall.changing("rebase", "--abort"));
      case CHERRY_PICKING -> Optional.of(GitCall.changing("cherry-pick", "--abort"));
      case REVERTING -> Optional.of(GitCall.changing("revert", "--abort"));
      case NORMAL, BISECTING -> Optional.empty();
    };
  }

  /** The same when the run may have no time left, or be cancelled. */
  private void goBack() {
    unhurried(view -> command().ifPresent(view::run));
  }

  private void unhurried(Consumer<View> body) {
    boolean interrupted = Thread.interrupted();
    try {
      var view = scope.view();
      var environment = view.caller().environment();
      var caller = new Caller(environment, () -> Deadline.in(GOING_BACK), () -> {});
      body.accept(new View(view.opened(), view.git(), caller, view.objects()));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
