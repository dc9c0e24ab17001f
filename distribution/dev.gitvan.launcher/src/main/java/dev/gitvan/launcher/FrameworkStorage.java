package dev.gitvan.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;

/**
 * The framework's storage: one directory per process, because several commands run at once and a
 * framework locks its storage.
 *
 * <p>The directory is deleted at the end. A killed process leaves its own behind; the next one
 * removes it, once nobody holds Felix's lock on it. The lock decides rather than the process id,
 * which means nothing to a process in another container that shares the home directory.
 */
final class FrameworkStorage implements AutoCloseable {
  /** The file that Felix locks as long as a framework uses its storage. */
  static final String LOCK = "cache.lock";

  /** A directory without a lock file may be one that a process is just about to lock. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  private final Path directory;

  private FrameworkStorage(Path directory) {
    this.directory = directory;
  }

  /** Makes the storage of this process below {@code parent} and removes what others left there. */
  static FrameworkStorage create(Path parent) throws LaunchException {
    try {
      Files.createDirectories(parent);
      sweep(parent, Instant.now().minus(GRACE));
      return new FrameworkStorage(unique(parent));
    } catch (IOException e) {
      if (WriteFailure.isDiskFull(e)) {
        throw LaunchException.ofWrite(parent.toString(), e);
      }
      throw LaunchException.accessDenied(
          parent + ": cannot be written. Set GITVAN_HOME to a directory that belongs to you.", e);
    }
  }

  /** The clock makes names unique; asking for the process id or for randomness takes 20 ms more. */
  private static Path unique(Path parent) throws IOException {
    while (true) {
      try {
        return Files.createDirectory(parent.resolve(Long.toString(System.nanoTime(), 36)));
      } catch (FileAlreadyExistsException e) {
        // Two processes in the same nanosecond: the next one is free.
      }
    }
  }

  Path directory() {
    return directory;
  }

  /** Deletes the directory; what cannot be deleted is left for the next process. */
  @Override
  public void close() {
    try {
      delete(directory);
    } catch (IOException e) {
      // Swept later.
    }
  }

  static void sweep(Path parent, Instant lockedBefore) throws IOException {
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(parent)) {
      for (Path directory : directories) {
        try {
          if (isAbandoned(directory, lockedBefore)) {
            delete(directory);
          }
        } catch (IOException e) {
          // Another process sweeps too, or the directory is not ours to delete.
        }
      }
    }
  }

  private static boolean isAbandoned(Path directory, Instant lockedBefore) throws IOException {
    try (FileChannel lock = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock held = lock.tryLock()) {
      return held != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (NoSuchFileException e) {
      return Files.getLastModifiedTime(directory).toInstant().isBefore(lockedBefore);
    }
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
