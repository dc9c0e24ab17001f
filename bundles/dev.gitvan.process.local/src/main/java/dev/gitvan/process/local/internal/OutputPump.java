package dev.gitvan.process.local.internal;

import dev.gitvan.process.ProcessOutput;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Passes what a command prints to a sink, until the command's end of the pipe is closed. */
final class OutputPump implements Runnable {
  /** Larger than any pipe that Linux gives to a user without privileges. */
  private static final long PIPE_CAPACITY = 1L << 20;

  private final InputStream in;
  private final ProcessOutput.Sink sink;
  private final BooleanSupplier alive;
  private final Runnable onLimit;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile long count;
  private volatile long readingSince;
  private volatile boolean busy;
  private volatile boolean closed;
  private volatile boolean complete;
  private volatile boolean late;

  /**
   * @param alive whether the command has not ended
   * @param onLimit called once if the command prints more than the sink's limit
   */
  OutputPump(InputStream in, ProcessOutput.Sink sink, BooleanSupplier alive, Runnable onLimit) {
    this.in = in;
    this.sink = sink;
    this.alive = alive;
    this.onLimit = onLimit;
    this.readingSince = System.nanoTime();
  }

  /**
   * Holds the stream's monitor until its end: when the command ends, the JDK takes what is in the
   * pipe and closes it, but not while somebody reads. Only at the end of the pipe can be seen that
   * no process holds it any more.
   */
  @Override
  public void run() {
    synchronized (in) {
      late = !alive.getAsBoolean();
      pump();
    }
  }

  private void pump() {
    var buffer = new byte[16 * 1024];
    try (in) {
      for (int read; (read = in.read(buffer)) >= 0; ) {
        busy = true;
        long before = count;
        count = before + read;
        write(buffer, (int) Math.min(read, Math.max(0, sink.limit() - before)));
        if (before <= sink.limit() && count > sink.limit()) {
          onLimit.run();
        }
        readingSince = System.nanoTime();
        busy = false;
      }
      complete = count <= sink.limit();
    } catch (IOException e) {
      // The process was ended while it printed.
    } finally {
      ended.countDown();
    }
  }

  private void write(byte[] buffer, int length) {
    if (closed || length == 0) {
      return;
    }
    try {
      sink.stream().write(buffer, 0, length);
    } catch (IOException | RuntimeException e) {
      closed = true;
    }
  }

  /** The number of bytes that the command has printed until now. */
  long count() {
    return count;
  }

  boolean awaitEnd(Duration limit) throws InterruptedException {
    return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Whether the sink is still to get what was in the pipe when the command ended; false if all that
   * could come is from processes that the command has left in the background.
   *
   * @param before the count when the command ended
   */
  boolean isBehind(long before, Duration patience) {
    return count - before <= PIPE_CAPACITY
        && (busy || System.nanoTime() - readingSince < patience.toNanos());
  }

  /**
   * Whether the command had ended before reading began: then it cannot be seen whether another
   * process still holds the pipe.
   */
  boolean isLate() {
    return late;
  }

  /** Writes nothing more to the sink. */
  void close() {
    closed = true;
  }

  /** Whether the sink has got all that the command has printed. */
  boolean isComplete() {
    return complete;
  }
}
