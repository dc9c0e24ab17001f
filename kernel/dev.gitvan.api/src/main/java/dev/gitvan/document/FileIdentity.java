package dev.gitvan.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Distinguishes two states of a file without reading it: inode, size, and the times of the last
 * change of content and of inode, with the precision of the file system. Symbolic links are not
 * followed.
 *
 * @param key the inode; null if the file system has none
 * @param changed time of the last change of the inode; {@code modified} if the file system has none
 */
public record FileIdentity(Object key, long size, FileTime modified, FileTime changed) {
  private static final Duration RACY = Duration.ofSeconds(2);
  private static final LinkOption[] NO_FOLLOW = {LinkOption.NOFOLLOW_LINKS};
  private static final String ATTRIBUTES = "unix:ino,size,lastModifiedTime,ctime";

  /** Returns the current identity of a file; empty if the file does not exist. */
  public static Optional<FileIdentity> of(Path file) throws IOException {
    try {
      return Optional.of(
          file.getFileSystem().supportedFileAttributeViews().contains("unix")
              ? unix(file)
              : basic(file));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether the file may have changed since then without a change of its identity: its last change
   * was less than two seconds old, and clocks of file systems are coarse (Git's rule for racy
   * entries).
   *
   * @param at when the content was read
   */
  public boolean isRacy(Instant at) {
    var safe = at.minus(RACY);
    return modified.toInstant().isAfter(safe) || changed.toInstant().isAfter(safe);
  }

  private static FileIdentity unix(Path file) throws IOException {
    var found = Files.readAttributes(file, ATTRIBUTES, NO_FOLLOW);
    return new FileIdentity(
        found.get("ino"),
        (Long) found.get("size"),
        (FileTime) found.get("lastModifiedTime"),
        (FileTime) found.get("ctime"));
  }

  private static FileIdentity basic(Path file) throws IOException {
    var found = Files.readAttributes(file, BasicFileAttributes.class, NO_FOLLOW);
    return new FileIdentity(
        found.fileKey(), found.size(), found.lastModifiedTime(), found.lastModifiedTime());
  }
}
