package dev.gitvan.git.jgit.internal.refs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files that are written beside their place and take it by one rename; synced where that is wanted.
 */
final class AtomicFiles {
  private static final int PIECE = 64 << 10;

  private final SharedPermissions permissions;
  private final boolean durable;

  /** What is written. */
  @FunctionalInterface
  interface Content {
    void writeTo(FileChannel channel) throws IOException;

    static Content of(byte[] bytes) {
      return channel -> {
        write(channel, bytes, 0, bytes.length);
      };
    }

    /**
     * Writes in pieces: for each thread Java keeps a buffer outside the heap as large as the
     * largest.
     */
    static void write(FileChannel channel, byte[] bytes, int from, int length) throws IOException {
      for (int at = from; at < from + length; at += PIECE) {
        var piece = ByteBuffer.wrap(bytes, at, Math.min(PIECE, from + length - at));
        while (piece.hasRemaining()) {
          channel.write(piece);
        }
      }
    }
  }

  AtomicFiles(SharedPermissions permissions, boolean durable) {
    this.permissions = permissions;
    this.durable = durable;
  }

  SharedPermissions permissions() {
    return permissions;
  }

  /** Writes a file that nobody reads yet. */
  void write(Path file, Content content) throws IOException {
    try (var channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      content.writeTo(channel);
      if (durable) {
        channel.force(true);
      }
    }
    permissions.adjust(file);
  }

  /** Puts a file in its place. */
  void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    if (durable) {
      Sync.folder(to.getParent());
    }
  }

  /** Removes a file, if it is there. */
  void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file) && durable) {
      Sync.folder(file.getParent());
    }
  }

  /** Git leaves empty folders of refs that were deleted; a file cannot take their place. */
  static void removeEmpty(Path folder) throws IOException {
    try (var children = Files.newDirectoryStream(folder)) {
      for (var child : children) {
        removeEmpty(child);
      }
    }
    Files.delete(folder);
  }

  /**
   * Removes the folders that a deleted file has left empty, up to but without a folder: another's
   * name may need their place.
   */
  static void removeEmptyParents(Path file, Path upTo) {
    for (var folder = file.getParent();
        folder.startsWith(upTo) && !folder.equals(upTo);
        folder = folder.getParent()) {
      if (!folder.toFile().delete()) {
        return; // not empty, or not there
      }
    }
  }
}
