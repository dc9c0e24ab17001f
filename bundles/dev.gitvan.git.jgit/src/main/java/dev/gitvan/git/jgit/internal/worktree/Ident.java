package dev.gitvan.git.jgit.internal.worktree;

import java.io.ByteArrayOutputStream;

/** The attribute {@code ident}: {@code $Id: ...$} is committed as {@code $Id$}. */
final class Ident {
  private static final byte[] START = {'$', 'I', 'd', ':'};

  private Ident() {}

  static byte[] clean(byte[] content) {
    ByteArrayOutputStream out = null;
    int copied = 0;
    for (int i = 0; i + START.length < content.length; i++) {
      int end = content[i] == '$' && isStart(content, i) ? end(content, i + START.length) : -1;
      if (end >= 0) {
        out = out == null ? new ByteArrayOutputStream(content.length) : out;
        out.write(content, copied, i - copied);
        out.writeBytes(new byte[] {'$', 'I', 'd', '$'});
        copied = end + 1;
        i = end;
      }
    }
    if (out == null) {
      return content;
    }
    out.write(content, copied, content.length - copied);
    return out.toByteArray();
  }

  private static boolean isStart(byte[] content, int at) {
    for (int i = 0; i < START.length; i++) {
      if (content[at + i] != START[i]) {
        return false;
      }
    }
    return true;
  }

  /** The closing dollar on the same line, or -1. */
  private static int end(byte[] content, int from) {
    for (int i = from; i < content.length && content[i] != '\n'; i++) {
      if (content[i] == '$') {
        return i;
      }
    }
    return -1;
  }
}
