package dev.gitvan.template.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a file system says of a file without reading it: as long as it is the same, so is the
 * content, unless the file was changed within the resolution of its times (see {@link #isRacy}).
 *
 * @param key inode, or what the system has in its place; null where it has nothing
 * @param modified in nanoseconds since 1970
 * @param changed the inode's change in nanoseconds since 1970; 0 where the system has none
 */
record FileStamp(Object key, long size, long modified, long changed, boolean regular) {
  private static final long RACY_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Reads it, following symbolic links. */
  static FileStamp of(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      var all = Files.readAttributes(file, "unix:ino,size,lastModifiedTime,ctime,isRegularFile");
      return new FileStamp(
          all.get("ino"),
          (Long) all.get("size"),
          nanos(all, "lastModifiedTime"),
          nanos(all, "ctime"),
          (Boolean) all.get("isRegularFile"));
    }
    var basic = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileStamp(
        basic.fileKey(),
        basic.size(),
        basic.lastModifiedTime().to(TimeUnit.NANOSECONDS),
        0,
        basic.isRegularFile());
  }

  /**
   * Whether the file was changed so short a time before it was read that a later change may have
   * left the same times (Git's racy rule).
   *
   * @param readAt when it was read, in nanoseconds since 1970
   */
  boolean isRacy(long readAt) {
    return readAt - Math.max(modified, changed) < RACY_NANOS;
  }

  private static long nanos(Map<String, Object> all, String name) {
    return ((FileTime) all.get(name)).to(TimeUnit.NANOSECONDS);
  }
}
