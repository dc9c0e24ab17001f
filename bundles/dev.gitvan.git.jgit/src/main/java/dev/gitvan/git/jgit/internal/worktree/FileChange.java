package dev.gitvan.git.jgit.internal.worktree;

import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A file of a commit.
 *
 * @param blob as it was read; empty when the file is gone
 * @param indexMode mode of its index entry when it was read, or 0 when there was none
 * @param indexId id of that entry, or null
 */
public record FileChange(
    String path, Optional<WorktreeReader.Blob> blob, int indexMode, ObjectId indexId) {
  /** Whether an index entry is the one that was there when the file was read. */
  public boolean sawEntry(Optional<IndexEntry> entry) {
    return entry.isEmpty()
        ? indexId == null
        : entry.get().mode() == indexMode && entry.get().id().equals(indexId);
  }

  /** Whether an index entry has the file's new content already. */
  public boolean isIn(Optional<IndexEntry> entry) {
    return entry.isEmpty()
        ? blob.isEmpty()
        : blob.isPresent()
            && entry.get().mode() == blob.get().mode()
            && entry.get().id().equals(blob.get().id());
  }
}
