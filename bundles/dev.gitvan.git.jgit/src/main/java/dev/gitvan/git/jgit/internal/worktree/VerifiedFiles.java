package dev.gitvan.git.jgit.internal.worktree;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Files that were read because the index leaves a doubt about them, and found to be as it says.
 * {@code git status} writes that into the index; here it is remembered, and such a file is read
 * once and not each time. Safe for any thread.
 */
public final class VerifiedFiles {
  private static final int MAX = 10_000;

  private record Verified(FileStat stat, ObjectId blob) {}

  private final Map<String, Verified> files = new ConcurrentHashMap<>();

  boolean has(String path, FileStat stat, ObjectId blob) {
    var verified = files.get(path);
    return verified != null && verified.stat.equals(stat) && verified.blob.equals(blob);
  }

  /**
   * Remembers a file, if each later change will leave other stat data.
   *
   * @param stat from before it was read
   * @param readAt the time before that, in nanoseconds since 1970
   */
  void add(String path, FileStat stat, ObjectId blob, long readAt) {
    if (stat.isRacy(readAt) || stat.changed() > readAt - FileStat.TICK) {
      return;
    }
    if (files.size() >= MAX) {
      files.clear();
    }
    files.put(path, new Verified(stat, blob));
  }
}
