package dev.gitvan.cache.heap.internal;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A clock that is cheap to read, and the judge of which reads are worth recording. Safe for any
 * thread.
 *
 * <p>Reading the system's clock and recording a read for the eviction policy each cost several
 * times as much as finding the value. So while values are being read, a thread reads the time every
 * {@link #PERIOD}; and while very many are, only one read in {@link #SAMPLE} is recorded, which
 * changes no frequency in proportion. At ordinary rates every read is recorded. When nobody reads,
 * the thread sleeps; when the tier goes, it ends.
 */
final class Pulse implements Ticker, AutoCloseable {
  /** How old the time may be. */
  static final Duration PERIOD = Duration.ofMillis(50);

  /** A power of two. */
  static final int SAMPLE = 64;

  /** Reads within one period that are all recorded: recording them takes about 1 % of it. */
  static final int RECORDED = 4096;

  private final LongAdder recorded = new LongAdder();
  private volatile long now;
  private volatile boolean beating;
  private volatile boolean sampling;
  private volatile boolean closed;
  private Thread thread;

  /** Whether the read that is about to happen counts for the eviction policy. */
  boolean records() {
    if (sampling && (ThreadLocalRandom.current().nextInt() & (SAMPLE - 1)) != 0) {
      return false;
    }
    recorded.increment();
    if (!beating) {
      wake();
    }
    return true;
  }

  @Override
  public long read() {
    return beating ? now : wake();
  }

  private synchronized long wake() {
    long time = System.nanoTime();
    if (!beating && !closed) {
      now = time;
      beating = true;
      if (thread == null) {
        thread = new Thread(this::beat, "gitvan-cache-pulse");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
      }
      LockSupport.unpark(thread);
    }
    return time;
  }

  private void beat() {
    while (!closed) {
      if (!beating) {
        LockSupport.park(this);
        continue;
      }
      LockSupport.parkNanos(this, PERIOD.toNanos());
      now = System.nanoTime();
      long reads = recorded.sumThenReset() * (sampling ? SAMPLE : 1);
      sampling = reads > RECORDED;
      beating = reads > 0 && !closed;
    }
  }

  /** Ends the thread; the time is the system's from then on. */
  @Override
  public synchronized void close() {
    closed = true;
    beating = false;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }
}
