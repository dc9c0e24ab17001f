package dev.gitvan.git;

import dev.gitvan.repository.WorktreeId;
import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Locks that exclude other threads, other processes and, where the repository is shared, other
 * machines. They are refs that move by compare-and-set. Threads of this process acquire a lock in
 * order of arrival; between processes there is no order. Safe for any thread.
 *
 * <p>A lock has a lease: a holder that cannot renew it loses the lock. Use its {@link Lock#fence}
 * for changes that must not happen without the lock.
 */
@ProviderType
public interface GitLocks {
  /**
   * Acquires a lock that is a ref. Not re-entrant: a holder that acquires it again waits for
   * itself.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code LOCK_HELD} if another owner still holds
   *     it after the request's patience; {@code REF_INVALID}, {@code REPO_*}, {@code INTERRUPTED}
   */
  Lock acquireRef(WorktreeId worktree, LockRequest request);

  /**
   * Acquires Git's own lock of a worktree's index, {@code index.lock}, so that neither {@code git}
   * nor a run changes the index. Hold it as briefly as possible. It has no lease, and its fence is
   * always refused. If this process is killed, the next GitVan process removes the lock.
   *
   * @param patience maximum time to wait
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_LOCKED}, {@code REPO_BARE}, {@code
   *     INTERRUPTED}
   */
  Lock acquireIndex(WorktreeId worktree, Duration patience);

  /** All locks that were ever taken in a repository, by name. */
  List<LockStatus> list(WorktreeId worktree);

  /**
   * Releases a lock whose owner has ended, or whose lease has expired.
   *
   * @param force whether to release a held lock, too; fenced changes of its owner then fail
   * @return the previous state
   * @throws dev.gitvan.diagnostics.GitVanException {@code LOCK_NOT_FOUND}, {@code LOCK_HELD}
   */
  LockStatus release(WorktreeId worktree, String name, boolean force);
}
