package dev.gitvan.git.jgit.internal.worktree;

import java.io.IOException;
import java.io.InputStream;

/**
 * What Git's {@code gather_stats} counts in a content to tell text from binary (git:convert.c).
 *
 * @param length bytes
 */
record TextStats(
    long length, long nul, long loneCr, long loneLf, long crlf, long printable, long nonPrintable) {

  static TextStats of(InputStream in) throws IOException {
    long[] n = new long[7];
    var buffer = new byte[8192];
    int previous = -1;
    int last = -1;
    for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
      for (int i = 0; i < read; i++) {
        int c = buffer[i] & 0xff;
        count(c, previous, n);
        previous = c;
      }
      n[0] += read;
      last = buffer[read - 1];
    }
    if (previous == '\r') {
      n[2]++;
    }
    // A DOS end-of-file mark at the very end does not make text binary.
    if (last == 0x1a) {
      n[6]--;
    }
    return new TextStats(n[0], n[1], n[2], n[3], n[4], n[5], n[6]);
  }

  private static void count(int c, int previous, long[] n) {
    if (previous == '\r') {
      n[c == '\n' ? 4 : 2]++;
    }
    if (c == '\r') {
      return;
    }
    if (c == '\n') {
      if (previous != '\r') {
        n[3]++;
      }
      return;
    }
    switch (c) {
      case 127 -> n[6]++;
      case '\b', '\t', 27, 12 -> n[5]++;
      case 0 -> {
        n[1]++;
        n[6]++;
      }
      default -> n[c < 32 ? 6 : 5]++;
    }
  }

  boolean isBinary() {
    return loneCr > 0 || nul > 0 || (printable >> 7) < nonPrintable;
  }
}
