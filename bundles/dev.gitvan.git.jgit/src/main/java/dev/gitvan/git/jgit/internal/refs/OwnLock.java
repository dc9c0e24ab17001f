package dev.gitvan.git.jgit.internal.refs;

import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One of Git's lock files, taken for itself. It names this process, and is removed by the next
 * GitVan process when this one is killed.
 */
public final class OwnLock {
  private final Path file;
  private final Intent intent;

  private OwnLock(Path file, Intent intent) {
    this.file = file;
    this.intent = intent;
  }

  /**
   * Takes the lock of a file.
   *
   * @throws GitVanException {@code REPO_LOCKED} when it is still taken after that time, {@code
   *     INTERRUPTED}
   */
  public static OwnLock of(Path locked, Recovery recovery, Duration patience) throws IOException {
    var file = RefTransaction.lock(locked);
    var intent = Intent.of(recovery.intents(), List.of(file), null);
    intent.write();
    boolean taken = false;
    try {
      long end = System.nanoTime() + patience.toNanos();
      while (!intent.take(file)) {
        var holder = Holder.of(file);
        if (System.nanoTime() - end >= 0) {
          throw busy(locked);
        }
        if (!holder.isGitVan() || !recovery.run(file)) {
          RefTransaction.sleep();
        }
      }
      taken = true;
      return new OwnLock(file, intent);
    } finally {
      if (!taken) {
        intent.end();
      }
    }
  }

  /** The problem that names the holder of a file's lock. */
  public static GitVanException busy(Path locked) {
    var file = RefTransaction.lock(locked);
    return Holder.of(file).toProblem(file).toException();
  }

  /** The lock file. */
  public Path file() {
    return file;
  }

  /** Whether the lock file is still the one that was taken. */
  public boolean isHeld() {
    try {
      return intent.holds(file);
    } catch (IOException e) {
      return false;
    }
  }

  /** Gives it back. */
  public void release() {
    try {
      intent.end();
    } catch (IOException e) {
      throw FileProblem.of(e, file).toException(e);
    }
  }
}
