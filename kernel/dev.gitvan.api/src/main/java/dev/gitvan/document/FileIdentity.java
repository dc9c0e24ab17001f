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
 * What tells two states of a file apart without reading it: inode, size, and the times of the last
 * change of content and of inode, as precise as the file system keeps them. Symbolic links are not
 * followed.
 *
 * @param key the inode, or null where the file system has none
 * @param changed when the inode was changed last; {@code modified} where the file system has none
 */
public record FileIdentity(Object key, long size, FileTime modified, FileTime changed) {
  private static final Duration RACY = Duration.ofSeconds(2);
  private static final LinkOption[] NO_FOLLOW = {LinkOption.NOFOLLOW_LINKS};
  private static final String ATTRIBUTES = "unix:ino,size,lastModifiedTime,ctime";

  /** The identity of a file as it is now; empty when there is none. */
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
   * Whether the file may have changed since without its identity showing it: at that moment its
   * last change was younger than two seconds, and clocks of file systems tick coarsely (Git's racy
   * rule).
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
