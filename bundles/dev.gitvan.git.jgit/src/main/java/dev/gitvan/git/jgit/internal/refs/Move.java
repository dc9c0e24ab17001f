package dev.gitvan.git.jgit.internal.refs;

import org.eclipse.jgit.lib.ObjectId;

/**
 * A ref that moves.
 *
 * @param ref full name, no symbolic ref
 * @param from the object that it must have now; null when it must not exist
 * @param to the object that it will have; null when it is deleted
 * @param peeled what an annotated tag points to, else null
 * @param reason for the reflog; may be empty
 */
public record Move(String ref, ObjectId from, ObjectId to, ObjectId peeled, String reason) {
  /** The old id as reflogs write it. */
  public ObjectId fromOrZero() {
    return from == null ? ObjectId.zeroId() : from;
  }

  /** The new id as reflogs write it. */
  public ObjectId toOrZero() {
    return to == null ? ObjectId.zeroId() : to;
  }

  /** Whether the ref is deleted. */
  public boolean deletes() {
    return to == null;
  }
}
