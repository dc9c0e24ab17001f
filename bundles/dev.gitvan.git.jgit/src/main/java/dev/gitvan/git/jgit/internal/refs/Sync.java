package dev.gitvan.git.jgit.internal.refs;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Forces to disk what a power failure must not lose. */
public final class Sync {
  private Sync() {}

  /** A file's content. */
  public static void file(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /**
   * The names in a folder: without them a new file may be gone although its content was synced. An
   * interrupt does not keep it from that.
   */
  public static void folder(Path folder) throws IOException {
    boolean interrupted = false;
    while (true) {
      try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
        break;
      } catch (ClosedByInterruptException e) {
        interrupted |= Thread.interrupted();
      } catch (AccessDeniedException e) {
        break; // Windows does not open folders, and journals their names itself
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
