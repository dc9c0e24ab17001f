package dev.gitvan.jobs.file.internal.process;

import dev.gitvan.diagnostics.Excerpt;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Splits the output of a process into lines. What exceeds the limit is thrown away. */
final class OutputLines extends OutputStream {
  /** Longer lines are given in pieces. */
  static final int MAX_LINE = 64 * 1024;

  /** How much of the beginning is kept for later steps, in bytes. */
  static final int KEPT = 64 * 1024;

  private static final int LAST_LINES = 3;
  private static final int LAST_LINE_LENGTH = 300;

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

  OutputLines(Consumer<String> lines, Budget budget) {
    this.lines = lines;
    this.budget = budget;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] buffer, int offset, int length) {
    keep(buffer, offset, length);
    int start = offset;
    int end = offset + length;
    for (int i = start; i < end; i++) {
      if (buffer[i] == '\n') {
        line.write(buffer, start, i - start);
        endLine();
        start = i + 1;
      } else if (line.size() + i - start >= MAX_LINE) {
        line.write(buffer, start, i - start);
        endLine();
        start = i;
      }
    }
    line.write(buffer, start, end - start);
  }

  /** Ends the last line, if it has no end of its own. */
  synchronized void finish() {
    if (line.size() > 0) {
      endLine();
    }
  }

  private void keep(byte[] buffer, int offset, int length) {
    synchronized (beginning) {
      beginning.write(buffer, offset, Math.min(length, KEPT - beginning.size()));
    }
  }

  private void endLine() {
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
      last.add(Excerpt.of(text.strip(), LAST_LINE_LENGTH));
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
