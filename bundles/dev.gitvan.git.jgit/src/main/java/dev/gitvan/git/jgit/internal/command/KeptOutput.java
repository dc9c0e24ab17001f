package dev.gitvan.git.jgit.internal.command;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the beginning of an output. Safe for any thread. */
final class KeptOutput extends OutputStream {
  private final int limit;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(256);

  /**
   * @param limit how much is kept, in bytes
   */
  KeptOutput(int limit) {
    this.limit = limit;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    kept.write(bytes, offset, Math.min(limit - kept.size(), length));
  }

  synchronized byte[] bytes() {
    return kept.toByteArray();
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }
}
