package dev.gitvan.git.jgit.internal.refs;

import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;

/** Resolves what an annotated tag points to: {@code packed-refs} has it next to the tag. */
@FunctionalInterface
interface Peeler {
  /** The object behind all tags; null when the object is no tag. */
  ObjectId peel(ObjectId id) throws IOException;
}
