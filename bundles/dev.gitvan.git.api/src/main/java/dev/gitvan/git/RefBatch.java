package dev.gitvan.git;

import java.util.ArrayList;
import java.util.List;

/**
 * Any number of creations, updates and deletions of refs that happen together or not at all.
 *
 * @param updates in any order, each ref at most once
 * @param fences locks that must still be held at the moment when the refs move
 * @param checkedOut whether branches may move or go that are checked out in a worktree: its index
 *     and files stay as they are
 */
public record RefBatch(List<RefUpdate> updates, List<Fence> fences, boolean checkedOut) {
  public RefBatch {
    updates = List.copyOf(updates);
    fences = List.copyOf(fences);
  }

  /** A batch that moves no branch that is checked out. */
  public static RefBatch of(RefUpdate... updates) {
    return of(List.of(updates));
  }

  /** A batch that moves no branch that is checked out. */
  public static RefBatch of(List<RefUpdate> updates) {
    return new RefBatch(updates, List.of(), false);
  }

  /** The same, under one more condition: a lock is still held. */
  public RefBatch fencedBy(Fence fence) {
    var all = new ArrayList<>(fences);
    all.add(fence);
    return new RefBatch(updates, all, checkedOut);
  }

  /** The same, and branches that are checked out may move. */
  public RefBatch withCheckedOut() {
    return new RefBatch(updates, fences, true);
  }
}
