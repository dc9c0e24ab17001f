package dev.gitvan.git.jgit.internal.refs;

import dev.gitvan.git.jgit.internal.settings.Settings;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/** Permissions of files in the Git directory, by {@code core.sharedRepository}. */
public final class SharedPermissions {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

  private final int mode;
  private final boolean exact;

  private SharedPermissions(int mode, boolean exact) {
    this.mode = mode;
    this.exact = exact;
  }

  public static SharedPermissions of(Settings settings) {
    var value = settings.all().getString("core", null, "sharedrepository");
    if (value == null || !POSIX) {
      return new SharedPermissions(0, false);
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "group", "true", "1", "" -> new SharedPermissions(0660, false);
      case "all", "world", "everybody", "2" -> new SharedPermissions(0664, false);
      default -> ofNumber(value);
    };
  }

  private static SharedPermissions ofNumber(String value) {
    try {
      int number = Integer.parseInt(value, 8);
      return number >= 0600
          ? new SharedPermissions(number & 0666, true)
          : new SharedPermissions(0, false);
    } catch (NumberFormatException e) {
      return new SharedPermissions(0, false);
    }
  }

  /** How a file that nobody changes is created. */
  public FileAttribute<?>[] readOnlyFile() {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--r--r--"))
        }
        : new FileAttribute<?>[0];
  }

  /** Gives a new file or folder the permissions that the repository wants. */
  public void adjust(Path path) throws IOException {
    if (mode == 0) {
      return;
    }
    int now = (Integer) Files.getAttribute(path, "unix:mode");
    int wanted = mode;
    if ((now & 0200) == 0) {
      wanted &= ~0222;
    }
    if (Files.isDirectory(path)) {
      wanted |= (wanted & 0444) >> 2;
      wanted |= 02000;
    }
    int changed = exact ? now & ~0777 | wanted : now | wanted;
    if (changed != now) {
      Files.setAttribute(path, "unix:mode", changed & 07777);
    }
  }
}
