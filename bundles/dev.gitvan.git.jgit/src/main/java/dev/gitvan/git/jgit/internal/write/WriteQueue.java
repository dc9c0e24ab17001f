package dev.gitvan.git.jgit.internal.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.Deflater;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Objects on their way to the disk. Another thread makes their files, and waiting threads help; so
 * files are made side by side, but they get their names in the order in which the objects came.
 * After a failure none gets a name, for it may name what failed. Safe for several threads.
 */
final class WriteQueue {
  /** Makes an object's file; null when none is needed. */
  interface Preparing {
    Path prepare(ObjectId id, int type, byte[] data, Deflater deflater) throws IOException;
  }

  /** Gives a file its name. */
  interface Naming {
    void publish(Path file, ObjectId id) throws IOException;
  }

  private final Executor background;
  private final Preparing preparing;
  private final Naming naming;
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /** Guards all below. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition progress = lock.newCondition();
  private final Queue<Unwritten> unwritten = new ArrayDeque<>();

  /** Those whose files are being made, or wait for an earlier one's. */
  private final Queue<Unwritten> begun = new ArrayDeque<>();

  private final Queue<Deflater> deflaters = new ArrayDeque<>();
  private Throwable failure;
  private boolean closed;

  private static final class Unwritten {
    final ObjectId id;
    final int type;
    final byte[] data;

    /** Its file; null when there is none. */
    Path file;

    /** Whether the file is whole; guarded as the queues are. */
    boolean ready;

    Unwritten(ObjectId id, int type, byte[] data) {
      this.id = id;
      this.type = type;
      this.data = data;
    }
  }

  WriteQueue(Executor background, Preparing preparing, Naming naming) {
    this.background = background;
    this.preparing = preparing;
    this.naming = naming;
  }

  /** Has an object written, soon. */
  void add(ObjectId id, int type, byte[] data) {
    lock.lock();
    try {
      unwritten.add(new Unwritten(id, type, data));
    } finally {
      lock.unlock();
    }
    if (scheduled.compareAndSet(false, true)) {
      background.execute(
          () -> {
            writeAll();
            scheduled.set(false);
          });
    }
  }

  /** Returns when all is written; throws what failed since the last call. */
  void await() throws IOException {
    writeAll();
    lock.lock();
    try {
      awaitBegun();
      var failed = failure;
      failure = null;
      if (failed instanceof IOException e) {
        throw e;
      }
      if (failed instanceof RuntimeException e) {
        throw e;
      }
      if (failed instanceof Error e) {
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitBegun() {
    while (!begun.isEmpty()) {
      progress.awaitUninterruptibly();
    }
  }

  /** Forgets what nobody has begun with, and waits for the rest. */
  void close() {
    lock.lock();
    try {
      closed = true;
      unwritten.clear();
      awaitBegun();
      deflaters.forEach(Deflater::end);
      deflaters.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Writes until there is nothing left to begin with. */
  private void writeAll() {
    Deflater deflater = null;
    for (Unwritten next; (next = begin()) != null; ) {
      Throwable failed = null;
      try {
        deflater = deflater == null ? deflater() : deflater;
        next.file = preparing.prepare(next.id, next.type, next.data, deflater);
      } catch (IOException | RuntimeException | Error e) {
        failed = e; // thrown to waiting threads
      }
      end(next, failed);
    }
    if (deflater != null) {
      giveBack(deflater);
    }
  }

  private Unwritten begin() {
    lock.lock();
    try {
      var next = unwritten.poll();
      if (next != null) {
        begun.add(next);
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Names all whose turn it is. */
  private void end(Unwritten object, Throwable failed) {
    lock.lock();
    try {
      object.ready = true;
      failure = failure == null ? failed : failure;
      while (!begun.isEmpty() && begun.peek().ready) {
        var first = begun.remove();
        if (first.file != null) {
          name(first);
        }
      }
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void name(Unwritten object) {
    try {
      if (failure == null) {
        naming.publish(object.file, object.id);
      } else {
        Files.deleteIfExists(object.file);
      }
    } catch (IOException | RuntimeException | Error e) {
      failure = failure == null ? e : failure;
      object.file.toFile().delete();
    }
  }

  /** One for a thread: making one costs more than most objects do. */
  private Deflater deflater() {
    lock.lock();
    try {
      var known = deflaters.poll();
      return known == null ? new Deflater(Deflater.BEST_SPEED) : known;
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(Deflater deflater) {
    lock.lock();
    try {
      if (closed) {
        deflater.end();
      } else {
        deflaters.add(deflater);
      }
    } finally {
      lock.unlock();
    }
  }
}
