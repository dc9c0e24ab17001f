package dev.gitvan.git.jgit.internal.worktree;

import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/** Computes the ids that objects would have, and stores nothing. */
public final class HashOnly extends ObjectInserter.Formatter {
  @Override
  public ObjectId insert(int type, byte[] data, int offset, int length) {
    return idFor(type, data, offset, length);
  }

  @Override
  public ObjectId insert(int type, long length, InputStream in) throws IOException {
    return idFor(type, length, in);
  }
}
