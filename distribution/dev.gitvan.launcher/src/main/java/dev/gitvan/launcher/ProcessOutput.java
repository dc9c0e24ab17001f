package dev.gitvan.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * An output of the process that remembers why it could not be written, where a {@link
 * java.io.PrintStream} only remembers that. After a failure it takes everything and writes nothing:
 * what is printed for nobody must not stop a run. Thread-safe.
 */
final class ProcessOutput extends OutputStream {
  private final OutputStream target;
  private volatile IOException failure;

  ProcessOutput(OutputStream target) {
    this.target = target;
  }

  /** Why it was not written to its end; empty when all of it was. */
  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    if (failure == null) {
      try {
        target.write(bytes, offset, length);
      } catch (IOException e) {
        failure = e;
      }
    }
  }
}
