package dev.gitvan.git.jgit.internal.worktree;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Text as it is checked out with CRLF line endings. */
public final class LfToCrLf extends FilterInputStream {
  private boolean pending;

  public LfToCrLf(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    if (pending) {
      pending = false;
      return '\n';
    }
    int c = in.read();
    if (c == '\n') {
      pending = true;
      return '\r';
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
