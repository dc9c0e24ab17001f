package dev.gitvan.git.jgit.internal.run;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.RunWorktrees;
import dev.gitvan.git.WorktreeSpec;
import dev.gitvan.git.jgit.internal.command.Arguments;
import dev.gitvan.git.jgit.internal.command.GitCall;
import dev.gitvan.git.jgit.internal.read.JGitBranches;
import dev.gitvan.git.jgit.internal.read.WorktreeList;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import java.util.function.Function;
import org.eclipse.jgit.lib.Constants;

/** Worktrees of a run: all immediate, by the {@code git} command. */
final class GitWorktrees extends WorktreeList implements RunWorktrees {
  private final RunScope scope;
  private final Function<Path, WorktreeId> discover;

  /**
   * @param discover finds a worktree by its folder
   */
  GitWorktrees(RunScope scope, Function<Path, WorktreeId> discover) {
    super(scope.view());
    this.scope = scope;
    this.discover = discover;
  }

  @Override
  public WorktreeId add(WorktreeSpec spec) {
    var path = absolute(spec.path());
    refuseGitDirectories(path);
    var call = GitCall.changing("worktree", "add", "--quiet");
    if (spec.newBranch() != null) {
      var branch = Arguments.branch(spec.newBranch()).substring(Constants.R_HEADS.length());
      call = call.with("-b", branch, path.toString(), commit(spec.revision()));
    } else if (isBranch(spec.revision())) {
      call = call.with(path.toString(), spec.revision());
    } else {
      call = call.with("--detach", path.toString(), commit(spec.revision()));
    }
    var command = call;
    scope.immediate("worktree add " + path, () -> scope.run(command));
    return discover.apply(path);
  }

  private String commit(String revision) {
    return scope.view().commit(revision == null ? Constants.HEAD : revision).name();
  }

  private boolean isBranch(String name) {
    return name != null
        && !name.startsWith(Constants.R_REFS)
        && new JGitBranches(scope.view()).find(Constants.R_HEADS + name).isPresent();
  }

  private Path absolute(Path path) {
    var worktree = scope.view().worktree();
    return worktree.root().orElse(worktree.gitDir()).resolve(path).normalize();
  }

  private void refuseGitDirectories(Path path) {
    var worktree = scope.view().worktree();
    if (path.startsWith(worktree.repository().commonDir()) || path.startsWith(worktree.gitDir())) {
      throw GitVanException.of(
          Codes.OUTPUT_FORBIDDEN_PATH,
          path.toString(),
          "it is inside the Git directory",
          "Choose a folder outside the Git directory.");
    }
  }

  @Override
  public void remove(Path path, boolean force) {
    var folder = absolute(path).toString();
    scope.immediate(
        "worktree remove " + folder,
        () ->
            scope.run(GitCall.changing("worktree", "remove").when(force, "--force").with(folder)));
  }

  @Override
  public void prune() {
    scope.immediate("worktree prune", () -> scope.run(GitCall.changing("worktree", "prune")));
  }
}
