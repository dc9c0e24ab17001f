package dev.gitvan.git;

import java.util.ArrayList;
import java.util.List;

/**
 * A set of ref creations, updates and deletions that is applied atomically.
 *
 * @param updates in any order, each ref at most once
 * @param fences locks that must still be held when the refs move
 * @param checkedOut whether branches that are checked out in a worktree may be moved or deleted;
 *     its index and files are not changed
 */
public record RefBatch(List<RefUpdate> updates, List<Fence> fences, boolean checkedOut) {
  public RefBatch {
    updates = List.copyOf(updates);
    fences = List.copyOf(fences);
  }

  /** A batch that refuses to move checked-out branches. */
  public static RefBatch of(RefUpdate... updates) {
    return of(List.of(updates));
  }

  /** A batch that refuses to move checked-out branches. */
  public static RefBatch of(List<RefUpdate> updates) {
    return new RefBatch(updates, List.of(), false);
  }

  /** A copy with an additional fence. */
  public RefBatch fencedBy(Fence fence) {
    var all = new ArrayList<>(fences);
    all.add(fence);
    return new RefBatch(updates, all, checkedOut);
  }

  /** A copy that may move checked-out branches. */
  public RefBatch withCheckedOut() {
    return new RefBatch(updates, fences, true);
  }
}
