package dev.gitvan.git;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A repository in the hands of a run: all that {@link GitRepository} reads, and what changes it.
 *
 * <p>Every change is of one of two kinds, which its Javadoc names:
 *
 * <ul>
 *   <li><b>Staged</b>: it becomes part of the run's transaction, and happens with the receipt or
 *       not at all. Until then nobody sees it, this repository's reading methods neither; objects
 *       can be read by their ids.
 *   <li><b>Immediate</b>: it has happened when the method returns, whatever becomes of the run. It
 *       is a step of its own on the receipt. In a dry run it is shown as planned and refused
 *       ({@code DRY_RUN}), for what follows would depend on it. What moves the branch, the index or
 *       the files that the run stands on is refused once something is staged ({@code RUN_STAGED}),
 *       and then the run goes on from there.
 * </ul>
 *
 * <p>Immediate operations end at the run's deadline ({@code TIMEOUT}) and with its cancellation
 * ({@code INTERRUPTED}), never ask anybody, and run nothing that the repository's configuration
 * names; they throw {@code GIT_UNAVAILABLE} without a {@code git} command, and {@code GIT_FAILED}
 * with Git's own words where no other code fits. Valid until the run ends. Safe for any thread.
 *
 * @see Git#open(dev.gitvan.job.spi.JobContext)
 */
@ProviderType
public interface RunRepository extends GitRepository {
  @Override
  RunBranches branches();

  @Override
  RunTags tags();

  @Override
  RunRefs refs();

  @Override
  RunNotes notes();

  @Override
  RunWorktrees worktrees();

  @Override
  RunRemotes remotes();

  @Override
  RunStashes stashes();

  @Override
  RunPlumbing plumbing();

  /** Commits, merges and whatever else changes a branch and its files. */
  Operations operations();
}
