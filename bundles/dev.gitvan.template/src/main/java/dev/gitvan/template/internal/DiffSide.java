package dev.gitvan.template.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * One side of a difference: its bytes as long as anybody would read their difference, and of the
 * rest a digest, so that a large output needs no memory.
 */
final class DiffSide extends OutputStream {
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final MessageDigest digest = Sha256.digest();
  private byte[] sum;
  private long size;

  /** What a content is. */
  static DiffSide of(OutputFile.Bytes content) throws IOException {
    var side = new DiffSide();
    content.writeTo(side);
    side.sum = side.digest.digest();
    return side;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    digest.update(bytes, from, length);
    size += length;
    int room = UnifiedDiff.MAX_BYTES - head.size();
    if (room > 0) {
      head.write(bytes, from, Math.min(room, length));
    }
  }

  long size() {
    return size;
  }

  /** SHA-256, in hexadecimal. */
  String sha256() {
    return java.util.HexFormat.of().formatHex(sum);
  }

  /** Whether {@link #bytes} are all. */
  boolean isWhole() {
    return size == head.size();
  }

  byte[] bytes() {
    return head.toByteArray();
  }

  boolean isSameAs(DiffSide other) {
    return size == other.size && Arrays.equals(sum, other.sum);
  }
}
