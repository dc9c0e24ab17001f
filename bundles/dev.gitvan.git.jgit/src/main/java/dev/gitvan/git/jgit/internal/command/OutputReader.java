package dev.gitvan.git.jgit.internal.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads what a process prints for as long as it prints: a program whose output nobody takes would
 * wait for ever.
 */
final class OutputReader implements Runnable {
  /** What is kept of messages, in bytes. */
  private static final int BEGINNING = 64 * 1024;

  private final InputStream in;
  private final int limit;
  private final Runnable spent;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(256);
  private boolean over;

  /**
   * @param spent called once, when more than the limit was printed
   */
  OutputReader(InputStream in, int limit, Runnable spent) {
    this.in = in;
    this.limit = limit;
    this.spent = spent;
  }

  /** Keeps the beginning, and lets the rest go. */
  static OutputReader beginning(InputStream in) {
    return new OutputReader(in, BEGINNING, () -> {});
  }

  @Override
  public void run() {
    var buffer = new byte[16 * 1024];
    try (in) {
      for (int read; (read = in.read(buffer)) >= 0; ) {
        if (keep(buffer, read)) {
          spent.run();
        }
      }
    } catch (IOException e) {
      // The process was ended while it printed.
    }
  }

  /** Returns true the first time that there is too much. */
  private synchronized boolean keep(byte[] buffer, int length) {
    int room = limit - kept.size();
    kept.write(buffer, 0, Math.min(room, length));
    boolean first = length > room && !over;
    over |= length > room;
    return first;
  }

  /** Whether more was printed than is kept. */
  synchronized boolean isOver() {
    return over;
  }

  synchronized byte[] bytes() {
    return kept.toByteArray();
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }
}
