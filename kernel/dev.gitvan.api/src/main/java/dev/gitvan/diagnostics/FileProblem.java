package dev.gitvan.diagnostics;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;

/** Converts an I/O failure of a file to a {@link Problem}. */
public final class FileProblem {
  private FileProblem() {}

  /**
   * {@code DISK_FULL}, {@code ACCESS_DENIED}, {@code INTERRUPTED} (the thread was interrupted) or
   * {@code IO_ERROR}.
   *
   * @param path the file that was read or written; used if the exception has no file
   */
  public static Problem of(IOException failure, Path path) {
    var file =
        failure instanceof FileSystemException known && known.getFile() != null
            ? known.getFile()
            : path.toString();
    if (failure instanceof ClosedByInterruptException
        || failure instanceof InterruptedIOException) {
      return new Problem(Codes.INTERRUPTED, file, "reading or writing it was interrupted", "");
    }
    var reason = String.valueOf(reason(failure));
    if (isFull(reason)) {
      return new Problem(
          Codes.DISK_FULL,
          file,
          "there is no space left on the disk",
          "Free some space and run the command again.");
    }
    if (failure instanceof AccessDeniedException
        || reason.contains("Permission denied")
        || reason.contains("Operation not permitted")
        || reason.contains("Read-only file system")) {
      return new Problem(
          Codes.ACCESS_DENIED,
          file,
          "no permission" + (reason.contains("Read-only") ? ": the file system is read-only" : ""),
          "Check the owner and mode of the path.");
    }
    return new Problem(
        Codes.IO_ERROR,
        file,
        reason.equals("null") ? failure.getClass().getSimpleName() : reason,
        "Check the disk and run the command again.");
  }

  /** Like {@link #of(IOException, Path)}, for a read-only file system. */
  public static Problem of(ReadOnlyFileSystemException failure, Path path) {
    return new Problem(
        Codes.ACCESS_DENIED,
        path.toString(),
        "the file system is read-only",
        "Check the owner and mode of the path.");
  }

  /**
   * The operating system's message is localized, so it is compared with a message that is provoked.
   */
  private static boolean isFull(String reason) {
    if (reason.contains("No space left") || reason.contains("quota exceeded")) {
      return true;
    }
    var device = Path.of("/dev/full");
    if (!Files.exists(device)) {
      return false;
    }
    try (var full = Files.newOutputStream(device)) {
      full.write(0);
      return false;
    } catch (IOException e) {
      return reason.equals(reason(e));
    }
  }

  private static String reason(IOException failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      var text = t instanceof FileSystemException known ? known.getReason() : t.getMessage();
      if (text != null) {
        return text;
      }
    }
    return null;
  }
}
