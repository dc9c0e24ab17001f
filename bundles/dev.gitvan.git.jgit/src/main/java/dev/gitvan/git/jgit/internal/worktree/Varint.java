package dev.gitvan.git.jgit.internal.worktree;

import java.io.ByteArrayOutputStream;

/** Git's variable-length integers, as in pack offsets. */
final class Varint {
  private Varint() {}

  /**
   * A number read.
   *
   * @param next index of the byte behind it
   */
  record Decoded(long value, int next) {}

  static Decoded decode(byte[] buffer, int start) {
    int at = start;
    int c = buffer[at++] & 0xff;
    long value = c & 127;
    while ((c & 128) != 0) {
      c = buffer[at++] & 0xff;
      value = ((value + 1) << 7) + (c & 127);
    }
    return new Decoded(value, at);
  }

  static void encode(long number, ByteArrayOutputStream out) {
    var bytes = new byte[10];
    int at = bytes.length - 1;
    long value = number;
    bytes[at] = (byte) (value & 127);
    while ((value >>= 7) != 0) {
      bytes[--at] = (byte) (128 | (--value & 127));
    }
    out.write(bytes, at, bytes.length - at);
  }
}
