package dev.gitvan.git.jgit.internal.refs;

import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Inodes of files that were replaced a moment ago, kept from being used again by files held open. A
 * {@code git} process takes a file of the same inode, second and size for the one that it has read.
 * Safe for any thread.
 */
public final class RecentInodes {
  /** More than the second in which git takes files for one. */
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final int MOST_FILES = 256;
  private static final long MOST_BYTES = 64 << 20;

  private static final Deque<Held> HELD = new ArrayDeque<>();
  private static long bytes;

  private record Held(Closeable file, long length, long since) {}

  private RecentInodes() {}

  /** Keeps the inode of a file, if it is there and has one, for two seconds. */
  static void keep(Path path) throws IOException {
    if (File.separatorChar != '/') {
      return; // there are no inodes, and a file that is open may not be replaced
    }
    synchronized (HELD) {
      long now = System.nanoTime();
      var file = path.toFile();
      try {
        var held = new Held(new FileInputStream(file), file.length(), now);
        HELD.add(held);
        bytes += held.length();
      } catch (FileNotFoundException e) {
        // there is nothing to take for another
      }
      while (!HELD.isEmpty() && isOver(HELD.element(), now)) {
        release();
      }
    }
  }

  private static boolean isOver(Held oldest, long now) {
    return now - oldest.since() > KEPT_NANOS || HELD.size() > MOST_FILES || bytes > MOST_BYTES;
  }

  private static void release() throws IOException {
    var oldest = HELD.remove();
    bytes -= oldest.length();
    oldest.file().close();
  }

  /** Keeps none any more. */
  public static void clear() throws IOException {
    synchronized (HELD) {
      while (!HELD.isEmpty()) {
        release();
      }
    }
  }
}
