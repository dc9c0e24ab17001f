package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** The folder that an output is written in, reached without following any symbolic link. */
abstract class OutputFolder implements Closeable {
  /**
   * Opens an output's folder.
   *
   * @param create whether missing folders are made; else there may be none
   * @throws GitVanException {@code OUTPUT_SYMLINK}, {@code OUTPUT_NOT_A_FILE}
   */
  static Optional<OutputFolder> open(OutputPath output, boolean create) throws IOException {
    var root = Files.newDirectoryStream(output.root());
    if (root instanceof SecureDirectoryStream<Path> secure) {
      return Optional.ofNullable(SecureOutputFolder.reach(secure, output, create));
    }
    root.close();
    return Optional.ofNullable(PathOutputFolder.reach(output, create));
  }

  /** The regular file of that name; empty when there is nothing. */
  final Optional<Existing> find(OutputPath output) throws IOException {
    var attributes = attributes(output.name());
    if (attributes.isEmpty()) {
      return Optional.empty();
    }
    var found = attributes.get();
    if (found.isSymbolicLink()) {
      throw symlink(output.toString(), "");
    }
    if (!found.isRegularFile()) {
      throw GitVanException.of(
          Codes.OUTPUT_NOT_A_FILE,
          output.toString(),
          "there is a " + (found.isDirectory() ? "folder" : "device, pipe or socket") + " there",
          "Remove it or choose another path.");
    }
    return Optional.of(
        new Existing(
            found.fileKey(),
            found.size(),
            found.lastModifiedTime(),
            found instanceof PosixFileAttributes posix ? posix.permissions() : null));
  }

  /** A name for a temporary file or folder, short enough for every file system. */
  static String temporaryName() {
    return ".gitvan-" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".tmp";
  }

  static GitVanException symlink(String path, String which) {
    return GitVanException.of(
        Codes.OUTPUT_SYMLINK,
        path,
        which.isEmpty()
            ? "is a symbolic link; outputs are not written through symbolic links"
            : "its folder "
                + which
                + " is a symbolic link; outputs are not written through symbolic links",
        "Remove the link or choose another path.");
  }

  static GitVanException notAFolder(String path, String which) {
    return GitVanException.of(
        Codes.OUTPUT_NOT_A_FILE,
        path,
        which + " is not a folder",
        "Remove it or choose another path.");
  }

  /** Whether this is still the folder that the output's path names. */
  abstract boolean isInPlace(OutputPath output) throws IOException;

  /** What there is of that name, links not followed. */
  abstract Optional<BasicFileAttributes> attributes(String name) throws IOException;

  /** Opens a file to read, unless it is a symbolic link. */
  abstract SeekableByteChannel read(String name) throws IOException;

  /** Makes a new file, to write and to read. */
  abstract SeekableByteChannel create(String name) throws IOException;

  abstract void setPermissions(String name, Set<PosixFilePermission> permissions)
      throws IOException;

  abstract void setModified(String name, FileTime time) throws IOException;

  /** Gives a file another name, in place of the one that has it. */
  abstract void rename(String from, String to) throws IOException;

  abstract void delete(String name) throws IOException;

  /** Removes the folders that were made on the way here, where they are still empty. */
  abstract void removeMadeFolders();

  /**
   * A regular file. Two are equal if nobody touched it between.
   *
   * @param key inode; null where the file system has none
   * @param permissions null where the file system has none
   */
  record Existing(Object key, long size, FileTime modified, Set<PosixFilePermission> permissions) {}
}
