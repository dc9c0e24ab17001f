package dev.gitvan.git;

import dev.gitvan.repository.WorktreeId;
import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Locks that exclude other threads, other processes and, where the repository is shared, other
 * machines. They are kept as refs and moved by compare-and-set. Threads of this process get a lock
 * in the order in which they came; between processes there is no order. Safe for any thread.
 *
 * <p>A lock has a lease: it is lost by whoever cannot renew it. What must not happen without the
 * lock is done under its {@link Lock#fence}.
 */
@ProviderType
public interface GitLocks {
  /**
   * Acquires a lock that is a ref. Not re-entrant: who has it and asks again waits for himself.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code LOCK_HELD} when somebody else still has
   *     it after the request's patience; {@code REF_INVALID}, {@code REPO_*}, {@code INTERRUPTED}
   */
  Lock acquireRef(WorktreeId worktree, LockRequest request);

  /**
   * Acquires Git's own lock of a worktree's index, {@code index.lock}: meanwhile neither {@code
   * git} nor a run changes it. Hold it for as short as possible. It has no lease, and its fence is
   * always refused; when this process is killed the next GitVan process removes it.
   *
   * @param patience how long to wait for it
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_LOCKED}, {@code REPO_BARE}, {@code
   *     INTERRUPTED}
   */
  Lock acquireIndex(WorktreeId worktree, Duration patience);

  /** All locks of a repository that there ever were, by name. */
  List<LockStatus> list(WorktreeId worktree);

  /**
   * Makes a lock free that nobody has any more: its owner is dead, or its lease has passed.
   *
   * @param force also when somebody has it; whatever he does under its fence fails then
   * @return what it was
   * @throws dev.gitvan.diagnostics.GitVanException {@code LOCK_NOT_FOUND}, {@code LOCK_HELD}
   */
  LockStatus release(WorktreeId worktree, String name, boolean force);
}
