package dev.gitvan.git.jgit.internal.refs;

import org.eclipse.jgit.lib.ObjectId;

/**
 * A ref that moves.
 *
 * @param ref full name, no symbolic ref
 * @param from the object that it must have now; null when it must not exist
 * @param peeled what an annotated tag points to, else null
 * @param reason for the reflog
 */
public record Move(String ref, ObjectId from, ObjectId to, ObjectId peeled, String reason) {
  /** The old id as reflogs write it. */
  public ObjectId fromOrZero() {
    return from == null ? ObjectId.zeroId() : from;
  }
}
