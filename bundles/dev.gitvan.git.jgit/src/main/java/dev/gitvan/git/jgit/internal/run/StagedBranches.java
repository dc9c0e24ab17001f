package dev.gitvan.git.jgit.internal.run;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.RunBranches;
import dev.gitvan.git.jgit.internal.command.Arguments;
import dev.gitvan.git.jgit.internal.command.GitCall;
import dev.gitvan.git.jgit.internal.read.JGitBranches;
import dev.gitvan.git.jgit.internal.read.JGitCommitGraph;
import dev.gitvan.git.jgit.internal.read.JGitRefs;
import dev.gitvan.job.spi.Staging.RefSpec;

/** Branches of a run: staged, but for what moves HEAD. */
final class StagedBranches extends JGitBranches implements RunBranches {
  private final RunScope scope;

  StagedBranches(RunScope scope) {
    super(scope.view());
    this.scope = scope;
  }

  @Override
  public void create(String name, String startPoint) {
    var ref = Arguments.branch(name);
    var target =
        startPoint == null ? scope.head("a branch") : scope.view().commit(startPoint).name();
    scope.staging().move(new RefSpec(ref, "", target, "branch: Created from " + target));
    scope.planned("ref", ref, "created at " + target);
  }

  @Override
  public void delete(String name) {
    var branch = require(name);
    var refs = new JGitRefs(scope.view());
    var into =
        refs.find(branch.upstream().isEmpty() ? "HEAD" : branch.upstream())
            .or(() -> refs.find("HEAD"));
    boolean merged =
        into.isPresent()
            && new JGitCommitGraph(scope.view()).isAncestor(branch.objectId(), into.get());
    if (!merged) {
      throw GitVanException.of(
          Codes.REF_NOT_MERGED,
          branch.ref(),
          "the branch is not fully merged",
          "Merge it, or force its deletion.");
    }
    delete(branch);
  }

  @Override
  public void deleteUnmerged(String name) {
    delete(require(name));
  }

  private void delete(Branch branch) {
    scope.staging().move(new RefSpec(branch.ref(), branch.objectId(), "", ""));
    scope.planned("ref", branch.ref(), "deleted; it was at " + branch.objectId());
  }

  private Branch require(String name) {
    var ref = Arguments.branch(name);
    return find(ref)
        .orElseThrow(
            () ->
                GitVanException.of(
                    Codes.OBJECT_NOT_FOUND, name, "there is no such branch", "See `git branch`."));
  }

  @Override
  public void rename(String from, String to) {
    var branch = require(from);
    Arguments.branch(to);
    scope.immediateBelow(
        "branch -m " + from + " " + to,
        () -> scope.run(GitCall.changing("branch", "-m", branch.name(), to)));
  }

  @Override
  public void switchTo(String name) {
    scope.requireFree();
    var branch = require(name);
    scope.immediateBelow(
        "switch " + branch.name(),
        () ->
            scope.run(
                GitCall.changing("switch", "--quiet", "--no-guess", "--no-progress")
                    .with(branch.name())));
  }

  @Override
  public void detachAt(String revision) {
    scope.requireFree();
    var id = scope.view().commit(revision).name();
    scope.immediateBelow(
        "switch --detach " + revision,
        () ->
            scope.run(GitCall.changing("switch", "--quiet", "--detach", "--no-progress").with(id)));
  }
}
