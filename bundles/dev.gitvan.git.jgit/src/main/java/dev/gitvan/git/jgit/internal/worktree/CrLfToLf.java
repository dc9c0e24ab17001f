package dev.gitvan.git.jgit.internal.worktree;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Leaves out every CR that stands before an LF. */
final class CrLfToLf extends FilterInputStream {
  private int ahead = -2;

  CrLfToLf(InputStream in) {
    super(new BufferedInputStream(in, 1 << 16));
  }

  @Override
  public int read() throws IOException {
    int c = ahead == -2 ? in.read() : ahead;
    ahead = -2;
    if (c == '\r') {
      int next = in.read();
      if (next == '\n') {
        return next;
      }
      ahead = next;
    }
    return c;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      int c = read();
      if (c < 0) {
        break;
      }
      buffer[offset + count++] = (byte) c;
    }
    return count == 0 && length > 0 ? -1 : count;
  }
}
