package dev.gitvan.git;

import dev.gitvan.repository.WorktreeId;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Moves refs in atomic batches: concurrent readers see all of a batch or nothing, even if the
 * process crashes. Git's hooks never run. Safe for any thread; batches of one repository run one
 * after another, in order of arrival.
 */
@ProviderType
public interface GitRefs {
  /**
   * Applies a batch, with the reflogs that {@code git update-ref} would write.
   *
   * @param worktree worktree whose HEAD gets a reflog entry, too, if its branch moves
   * @return the refs that moved, by name; without refs that already had their new value
   * @throws RefMovedException {@code REPO_MOVED} or {@code REF_EXISTS}: a ref does not have the
   *     expected value
   * @throws dev.gitvan.diagnostics.GitVanException {@code REF_INVALID} (a name that is invalid,
   *     duplicate, or private to a worktree; an object that the ref cannot point to), {@code
   *     REF_EXISTS} (a conflict with the name of another ref), {@code REF_CHECKED_OUT}, {@code
   *     OBJECT_NOT_FOUND}, {@code LOCK_LOST} (a fence), {@code REPO_LOCKED} (another process writes
   *     for longer than two seconds), {@code INTERRUPTED}; no ref has moved
   */
  List<RefMove> apply(WorktreeId worktree, RefBatch batch);

  /**
   * A ref that has moved.
   *
   * @param from the previous object; empty if the ref was created
   * @param to the new object; empty if the ref was deleted
   */
  record RefMove(String name, String from, String to) {}
}
