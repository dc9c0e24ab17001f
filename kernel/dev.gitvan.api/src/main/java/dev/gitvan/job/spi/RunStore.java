package dev.gitvan.job.spi;

import dev.gitvan.job.StoredRun;
import dev.gitvan.repository.RepositoryId;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps accepted runs: which there are, what became of them, and which run has a key. Register it
 * as a service with {@link GitVanRunStore}; the user chooses one with {@code queue.store}. Dry runs
 * are never stored.
 *
 * <p>A store that outlives the process must not keep variables of an order's environment that the
 * user has not allowed. Its methods throw {@link dev.gitvan.diagnostics.GitVanException} when it
 * cannot do what it is asked for; {@link #accept} then refuses the run. Must be safe for any
 * thread.
 */
@ConsumerType
public interface RunStore {
  /**
   * Accepts a run, unless its order has a key that another run has already. Atomic among all
   * threads and processes that use the store.
   *
   * @param run a waiting run with a new id
   * @return empty when the run was accepted, and has its key from now on; else the run that has the
   *     key, and nothing was changed
   */
  Optional<StoredRun> accept(StoredRun run);

  /**
   * Replaces what is kept of an accepted run: it started, or it ended. Without effect for others.
   */
  void update(StoredRun run);

  /**
   * Frees the key of a run that never started or is lost, if it has one and still has it. The run
   * stays.
   */
  void releaseKey(StoredRun run);

  /** Removes a run that was accepted and then refused, as if it had not been accepted. */
  void remove(StoredRun run);

  /**
   * The run that has a key. A key is kept for 7 days from the acceptance of its run. The state is
   * {@link dev.gitvan.job.RunState#LOST} if the process that has accepted it is known to be dead
   * and the run has not ended.
   */
  Optional<StoredRun> withKey(RepositoryId repository, String key);

  /** The run with an id, if it is kept. */
  Optional<StoredRun> find(String id);

  /**
   * The runs that are kept, oldest first. How many of those that have ended are kept is its own
   * affair.
   */
  List<StoredRun> list();
}
