package dev.gitvan.git.jgit.internal.run;

import dev.gitvan.git.Operations;
import dev.gitvan.git.RunBranches;
import dev.gitvan.git.RunNotes;
import dev.gitvan.git.RunPlumbing;
import dev.gitvan.git.RunRefs;
import dev.gitvan.git.RunRemotes;
import dev.gitvan.git.RunRepository;
import dev.gitvan.git.RunStashes;
import dev.gitvan.git.RunTags;
import dev.gitvan.git.RunWorktrees;
import dev.gitvan.git.jgit.internal.read.JGitRepository;
import dev.gitvan.git.jgit.internal.read.View;
import dev.gitvan.job.spi.JobContext;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import java.util.function.Function;

/** A repository in the hands of a run. */
public final class JGitRunRepository extends JGitRepository implements RunRepository {
  private final RunScope scope;
  private final Metrics metrics;
  private final Function<Path, WorktreeId> discover;

  /**
   * @param view of what is closed with this
   * @param discover finds a worktree by its folder
   */
  public JGitRunRepository(
      View view, Metrics metrics, JobContext context, Function<Path, WorktreeId> discover) {
    super(view, metrics);
    this.scope = new RunScope(view, context);
    this.metrics = metrics;
    this.discover = discover;
  }

  @Override
  public RunBranches branches() {
    return new StagedBranches(scope);
  }

  @Override
  public RunTags tags() {
    return new StagedTags(scope);
  }

  @Override
  public RunRefs refs() {
    return new StagedRunRefs(scope);
  }

  @Override
  public RunNotes notes() {
    return new StagedNotes(scope);
  }

  @Override
  public RunWorktrees worktrees() {
    return new GitWorktrees(scope, discover);
  }

  @Override
  public RunRemotes remotes() {
    return new GitRemotes(scope, new GitOperations(scope));
  }

  @Override
  public RunStashes stashes() {
    return new GitStashes(scope);
  }

  @Override
  public RunPlumbing plumbing() {
    return new GitPlumbing(scope, metrics.recorder(Operation.GIT_OBJECT_READ));
  }

  @Override
  public Operations operations() {
    return new GitOperations(scope);
  }
}
