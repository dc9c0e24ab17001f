package dev.gitvan.git.jgit.internal.run;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.RunStashes;
import dev.gitvan.git.StashSpec;
import dev.gitvan.git.jgit.internal.command.Arguments;
import dev.gitvan.git.jgit.internal.command.GitCall;
import dev.gitvan.git.jgit.internal.read.StashList;
import java.util.Optional;

/** The stash of a run: all immediate, by the {@code git} command. */
final class GitStashes extends StashList implements RunStashes {
  private final RunScope scope;

  GitStashes(RunScope scope) {
    super(scope.view());
    this.scope = scope;
  }

  @Override
  public Optional<Stash> push(StashSpec spec) {
    scope.requireFree();
    scope.head("the stash");
    var call =
        GitCall.changing("stash", "push", "--quiet")
            .when(spec.untracked(), "--include-untracked")
            .when(spec.keepIndex(), "--keep-index");
    call = spec.message() == null ? call : call.with("--message", spec.message());
    call = spec.paths().isEmpty() ? call : call.with("--").with(Arguments.literal(spec.paths()));
    var command = call;
    return scope.immediateBelow(
        "stash push",
        () -> {
          var before = newest();
          scope.run(command);
          var after = newest();
          return after.equals(before) ? Optional.empty() : after;
        });
  }

  private Optional<Stash> newest() {
    return list().stream().findFirst();
  }

  @Override
  public void apply(Stash stash, boolean index) {
    scope.requireFree();
    require(stash);
    scope.immediateBelow("stash apply " + stash.id(), () -> take(stash, index));
  }

  @Override
  public void pop(Stash stash, boolean index) {
    scope.requireFree();
    require(stash);
    scope.immediateBelow(
        "stash pop " + stash.id(),
        () -> {
          take(stash, index);
          forget(stash);
          return null;
        });
  }

  private Void take(Stash stash, boolean index) {
    var call =
        GitCall.changing("stash", "apply", "--quiet").when(index, "--index").with(stash.id());
    try {
      scope.run(call);
      return null;
    } catch (GitVanException e) {
      var paths = new Conflicts(scope).paths();
      throw paths.isEmpty() ? e : Conflicts.conflict("stash apply", paths, true);
    }
  }

  @Override
  public void drop(Stash stash) {
    require(stash);
    scope.immediate(
        "stash drop " + stash.id(),
        () -> {
          forget(stash);
          return null;
        });
  }

  private int require(Stash stash) {
    var ids = list().stream().map(Stash::id).toList();
    int at = ids.indexOf(stash.id());
    if (at < 0) {
      throw GitVanException.of(
          Codes.OBJECT_NOT_FOUND,
          stash.id(),
          "there is no such entry in the stash",
          "See `git stash list`.");
    }
    return at;
  }

  /**
   * Git drops by position. What it dropped instead, because somebody else came between, comes back.
   */
  private void forget(Stash stash) {
    int at = require(stash);
    var said = scope.run(GitCall.changing("stash", "drop", "stash@{" + at + "}")).text();
    if (said.contains(stash.id())) {
      return;
    }
    var dropped = said.replaceFirst("(?s).*\\(([0-9a-f]{40})\\).*", "$1");
    scope.run(GitCall.changing("stash", "store", "-m", "put back by gitvan", dropped));
    throw GitVanException.of(
        Codes.REPO_MOVED,
        stash.id(),
        "the stash changed concurrently; nothing was lost",
        "Run it again.");
  }
}
