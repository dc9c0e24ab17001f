package dev.gitvan.git.jgit.internal.worktree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What {@code lstat} says of a file, as the index keeps it. Fields that the platform does not have
 * are 0, as Git writes them there.
 *
 * @param kind what it is
 * @param executable whether its owner may run it
 */
public record FileStat(
    Kind kind,
    boolean executable,
    long size,
    long modified,
    long changed,
    int device,
    int inode,
    int user,
    int group) {
  /** Kinds of files. */
  public enum Kind {
    FILE,
    DIRECTORY,
    SYMLINK,
    OTHER
  }

  /** The bits of a mode that tell what a file is, and their values (POSIX: S_IFMT and so on). */
  private static final int FORMAT = 0170000;

  private static final int REGULAR = 0100000;
  private static final int FOLDER = 0040000;
  private static final int LINK = 0120000;

  /** Twice the tick of the slowest kernel's clock, in nanoseconds. */
  static final long TICK = 20_000_000L;

  private static final String ATTRIBUTES = "unix:mode,size,lastModifiedTime,ctime,dev,ino,uid,gid";

  /** The file's, not followed; empty when there is none. */
  public static Optional<FileStat> of(Path path) throws IOException {
    try {
      if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
        return Optional.of(basic(path));
      }
      var map = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
      return Optional.of(
          new FileStat(
              kind((int) number(map, "mode")),
              (number(map, "mode") & 0100) != 0,
              number(map, "size"),
              nanos((FileTime) map.get("lastModifiedTime")),
              nanos((FileTime) map.get("ctime")),
              (int) number(map, "dev"),
              (int) number(map, "ino"),
              (int) number(map, "uid"),
              (int) number(map, "gid")));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      if (isBelowFile(path)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether some parent of the path is no directory: then the path does not exist. */
  private static boolean isBelowFile(Path path) {
    for (var p = path.getParent(); p != null; p = p.getParent()) {
      if (Files.exists(p)) {
        return !Files.isDirectory(p);
      }
    }
    return false;
  }

  private static FileStat basic(Path path) throws IOException {
    var a = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return new FileStat(
        kind(a.isRegularFile(), a.isDirectory(), a.isSymbolicLink()),
        Files.isExecutable(path),
        a.size(),
        nanos(a.lastModifiedTime()),
        nanos(a.lastModifiedTime()),
        0,
        0,
        0,
        0);
  }

  private static Kind kind(int mode) {
    int type = mode & FORMAT;
    return kind(type == REGULAR, type == FOLDER, type == LINK);
  }

  private static Kind kind(boolean file, boolean directory, boolean link) {
    return file ? Kind.FILE : directory ? Kind.DIRECTORY : link ? Kind.SYMLINK : Kind.OTHER;
  }

  private static long number(Map<String, Object> map, String name) {
    return ((Number) map.get(name)).longValue();
  }

  static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }

  /** With a size that no file has, as Git marks entries whose stat data it must not believe. */
  public FileStat smudged() {
    return new FileStat(kind, executable, 0, modified, changed, device, inode, user, group);
  }

  /** Whether the file was changed so recently that the next change could leave the same time. */
  boolean isRacy(long now) {
    // A clock of whole seconds, as on FAT or HFS+.
    long tick = modified % 1_000_000_000L == 0 ? 2_000_000_000L : TICK;
    return modified > now - tick;
  }

  /** Writes the index's ten stat fields around a mode. */
  void put(ByteBuffer out, int mode) {
    putTime(out, changed);
    putTime(out, modified);
    out.putInt(device).putInt(inode).putInt(mode).putInt(user).putInt(group).putInt((int) size);
  }

  private static void putTime(ByteBuffer out, long nanos) {
    out.putInt((int) Math.floorDiv(nanos, 1_000_000_000L));
    out.putInt((int) Math.floorMod(nanos, 1_000_000_000L));
  }
}
