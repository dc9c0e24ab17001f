package dev.gitvan.template.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Hands on what is written, and remembers the last bytes of it. */
final class Tail extends OutputStream {
  private final OutputStream out;
  private final int length;
  private byte[] last = {};
  private long size;

  /**
   * @param length how many bytes are remembered; at least one is
   */
  Tail(OutputStream out, int length) {
    this.out = out;
    this.length = Math.max(1, length);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    out.write(bytes, from, count);
    size += count;
    if (count >= length) {
      last = Arrays.copyOfRange(bytes, from + count - length, from + count);
    } else {
      int kept = Math.min(last.length, length - count);
      var joined = new byte[kept + count];
      System.arraycopy(last, last.length - kept, joined, 0, kept);
      System.arraycopy(bytes, from, joined, kept, count);
      last = joined;
    }
  }

  /** How many bytes there were. */
  long size() {
    return size;
  }

  byte[] bytes() {
    return last;
  }

  /** The last byte; there must have been one. */
  byte last() {
    return last[last.length - 1];
  }
}
