package dev.gitvan.cache.ehcache.internal;

import dev.gitvan.cache.spi.TierBusyException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The tier's directory: {@code lock} (held by the one process that uses it), {@code store}
 * (Ehcache's), {@code seal}, and {@code damaged} (the last store that could not be used).
 */
final class StoreDirectory {
  private final Path root;
  private FileChannel channel;
  private FileLock lock;

  StoreDirectory(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  Path store() {
    return root.resolve("store");
  }

  Path seal() {
    return root.resolve("seal");
  }

  /**
   * Takes the directory for this process.
   *
   * @throws TierBusyException when another process has it
   * @throws IOException when it cannot be made
   */
  void acquire() throws IOException {
    try {
      Files.createDirectories(root);
    } catch (FileAlreadyExistsException e) {
      throw new FileSystemException(e.getFile(), null, "not a directory");
    }
    if (root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    }
    var opened =
        FileChannel.open(
            root.resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      lock = opened.tryLock();
    } catch (OverlappingFileLockException e) {
      // By this process: another version of this bundle that has not ended yet.
      lock = null;
    } finally {
      if (lock == null) {
        opened.close();
      }
    }
    if (lock == null) {
      throw new TierBusyException(root + " is in use by another process");
    }
    channel = opened;
  }

  /**
   * Whether there may be anything of a store: also where we are not allowed to look, or where the
   * directory is none.
   */
  boolean isThere() {
    return Files.isRegularFile(root)
        || !Files.notExists(store(), LinkOption.NOFOLLOW_LINKS)
        || !Files.notExists(seal(), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * What the last clean stop left; null when it will be found empty.
   *
   * @throws TierBusyException when another process has the directory
   */
  Seal whatIsSealed() throws IOException {
    acquire();
    try {
      return Seal.read(seal());
    } catch (IOException e) {
      return null;
    } finally {
      release();
    }
  }

  /**
   * Deletes the store, if there is one.
   *
   * @throws TierBusyException when another process has the directory
   */
  void empty() throws IOException {
    if (isThere()) {
      acquire();
      try {
        deleteStore();
      } finally {
        release();
      }
    }
  }

  void release() {
    try (var closing = channel) {
      if (lock != null) {
        lock.release();
      }
    } catch (IOException e) {
      // The lock goes with the process at the latest.
    } finally {
      lock = null;
      channel = null;
    }
  }

  /** Keeps the last unusable store for inspection. */
  void setAside() throws IOException {
    Files.deleteIfExists(seal());
    var damaged = root.resolve("damaged");
    delete(damaged);
    if (Files.exists(store(), LinkOption.NOFOLLOW_LINKS)) {
      Files.move(store(), damaged, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  void deleteStore() throws IOException {
    Files.deleteIfExists(seal());
    delete(store());
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
