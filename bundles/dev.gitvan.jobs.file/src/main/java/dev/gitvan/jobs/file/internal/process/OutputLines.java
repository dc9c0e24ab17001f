package dev.gitvan.jobs.file.internal.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Reads what a process prints, line by line, for as long as it prints: a program whose output
 * nobody takes would wait for ever. What goes over the limit is read and forgotten.
 */
final class OutputLines implements Runnable {
  /** Longer lines are given in pieces. */
  static final int MAX_LINE = 64 * 1024;

  /** How much of the beginning is kept for later steps, in bytes. */
  static final int KEPT = 64 * 1024;

  private static final int LAST_LINES = 3;
  private static final int LAST_LINE_LENGTH = 300;

  private final InputStream in;
  private final Consumer<String> lines;
  private final Budget budget;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream(256);
  private final Deque<String> last = new ArrayDeque<>();

  /** What both streams of a process may print together. */
  static final class Budget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final Runnable spent;

    /**
     * @param spent called once, when the limit is reached
     */
    Budget(long limit, Runnable spent) {
      this.limit = limit;
      this.spent = spent;
    }

    private boolean take(int bytes) {
      long before = used.getAndAdd(bytes);
      if (before < limit && before + bytes >= limit) {
        spent.run();
        return false;
      }
      return before + bytes < limit;
    }
  }

  OutputLines(InputStream in, Consumer<String> lines, Budget budget) {
    this.in = in;
    this.lines = lines;
    this.budget = budget;
  }

  @Override
  public void run() {
    var buffer = new byte[8192];
    try (in) {
      for (int read; (read = in.read(buffer)) >= 0; ) {
        accept(buffer, read);
      }
    } catch (IOException e) {
      // The process was ended while it printed.
    }
    if (line.size() > 0) {
      flush();
    }
  }

  private void accept(byte[] buffer, int length) {
    keep(buffer, length);
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (buffer[i] == '\n') {
        line.write(buffer, start, i - start);
        flush();
        start = i + 1;
      } else if (line.size() + i - start >= MAX_LINE) {
        line.write(buffer, start, i - start);
        flush();
        start = i;
      }
    }
    line.write(buffer, start, length - start);
  }

  private void keep(byte[] buffer, int length) {
    synchronized (beginning) {
      beginning.write(buffer, 0, Math.min(length, KEPT - beginning.size()));
    }
  }

  private void flush() {
    int size = line.size();
    var text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (text.endsWith("\r")) {
      text = text.substring(0, text.length() - 1);
    }
    remember(text);
    if (budget.take(size + 1)) {
      lines.accept(text);
    }
  }

  private void remember(String text) {
    if (text.isBlank()) {
      return;
    }
    synchronized (last) {
      if (last.size() == LAST_LINES) {
        last.remove();
      }
      var shown = text.strip();
      last.add(shown.length() > LAST_LINE_LENGTH ? shown.substring(0, LAST_LINE_LENGTH) : shown);
    }
  }

  /** The last lines with something in them, on one line. */
  String last() {
    synchronized (last) {
      return String.join(" | ", last);
    }
  }

  /** The beginning of what was printed, without the last line end. */
  String beginning() {
    synchronized (beginning) {
      return beginning.toString(StandardCharsets.UTF_8).stripTrailing();
    }
  }
}
