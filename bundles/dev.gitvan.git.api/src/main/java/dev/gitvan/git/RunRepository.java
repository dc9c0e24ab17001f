package dev.gitvan.git;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The repository of a run: what {@link GitRepository} reads, and operations that change it.
 *
 * <p>There are two kinds of changes; the Javadoc of each method names its kind:
 *
 * <ul>
 *   <li><b>Staged</b>: it becomes part of the run's transaction, and is applied together with the
 *       receipt or not at all. Until then it is not visible, not even to the reading methods of
 *       this repository; objects can be read by their ids.
 *   <li><b>Immediate</b>: it is complete when the method returns, whatever the result of the run.
 *       It is a step of its own on the receipt. In a dry run it is listed as planned and refused
 *       ({@code DRY_RUN}), because later steps would depend on it. Operations that move the run's
 *       branch, index or files are refused once something is staged ({@code RUN_STAGED}); otherwise
 *       the run continues from the new state.
 * </ul>
 *
 * <p>Immediate operations end at the run's deadline ({@code TIMEOUT}) and with its cancellation
 * ({@code INTERRUPTED}), never prompt, and run no program from the repository's configuration; they
 * throw {@code GIT_UNAVAILABLE} without a {@code git} command, and {@code GIT_FAILED} with Git's
 * own message if no other code applies. Valid until the run ends. Safe for any thread.
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

  /** Commits, merges and other operations that change a branch and its files. */
  Operations operations();
}
