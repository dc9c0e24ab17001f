package dev.gitvan.git.jgit.internal.refs;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files that are written beside their place and take it by one rename; synced where that is wanted.
 */
final class AtomicFiles {
  private final SharedPermissions permissions;
  private final boolean durable;

  /** What is written. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;

    static Content of(byte[] bytes) {
      return out -> out.write(bytes);
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
    // No channel: an interrupt would close it in the middle.
    try (var out = new FileOutputStream(file.toFile())) {
      content.writeTo(out);
      if (durable) {
        out.getFD().sync();
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
