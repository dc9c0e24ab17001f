package dev.gitvan.git.jgit.internal.worktree;

import java.io.ByteArrayOutputStream;

/** The index extension {@code UNTR}: the untracked files of each folder. */
final class UntrackedCache {
  /** Two stat records of 36 bytes, the folder flags, two ids. */
  private static final int FIXED = 36 + 36 + 4 + 20 + 20;

  private UntrackedCache() {}

  /** The same without any folder: Git fills it again, and it stays switched on. */
  static byte[] emptied(byte[] data) {
    var ident = Varint.decode(data, 0);
    int at = ident.next() + (int) ident.value() + FIXED;
    while (data[at] != 0) {
      at++;
    }
    var out = new ByteArrayOutputStream();
    out.write(data, 0, at + 1);
    out.write(0); // no folder blocks
    out.write(0);
    return out.toByteArray();
  }
}
