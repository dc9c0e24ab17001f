package dev.gitvan.git;

import dev.gitvan.repository.WorktreeId;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Moves refs in batches. Whoever reads in between, and whatever happens to the process, sees all of
 * a batch or none of it. Git's hooks never run. Safe for any thread; one batch at a time writes to
 * a repository, in the order in which they came.
 */
@ProviderType
public interface GitRefs {
  /**
   * Applies a batch, with the reflogs that {@code git update-ref} would write.
   *
   * @param worktree whose HEAD has a reflog entry too, when its branch moves
   * @return what moved, by name; without refs that were already as they should be
   * @throws RefMovedException {@code REPO_MOVED} or {@code REF_EXISTS}: a ref is not what was
   *     expected
   * @throws dev.gitvan.diagnostics.GitVanException {@code REF_INVALID} (a name that is not valid,
   *     is there twice, or belongs to one worktree; an object that the ref cannot name), {@code
   *     REF_EXISTS} (a ref in the way of a new name), {@code REF_CHECKED_OUT}, {@code
   *     OBJECT_NOT_FOUND}, {@code LOCK_LOST} (a fence), {@code REPO_LOCKED} (another process is
   *     writing, for longer than two seconds), {@code INTERRUPTED}: nothing has moved
   */
  List<RefMove> apply(WorktreeId worktree, RefBatch batch);

  /**
   * A ref that has moved.
   *
   * @param from the object that it named; empty when it was created
   * @param to the object that it names; empty when it was deleted
   */
  record RefMove(String name, String from, String to) {}
}
