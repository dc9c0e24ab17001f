package dev.gitvan.launcher;

import dev.gitvan.home.GitVanHome;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * Hides the user's directories from other users, whatever the umask: histories, logs and caches
 * contain what the user's repositories contain.
 *
 * <p>Only permissions of the group and of others are removed. Files in the configuration directory
 * are the user's own and keep theirs. What belongs to somebody else, and file systems without such
 * permissions, stay unchanged.
 */
final class PrivateHome {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  private final GitVanHome home;
  private final boolean supported;

  PrivateHome(GitVanHome home) {
    this.home = home;
    this.supported = home.state().getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Creates the directories for the cache and for state, and hides them. */
  void open() {
    if (!supported) {
      return;
    }
    for (Path directory : List.of(home.cache(), home.state())) {
      try {
        createDirectories(directory);
      } catch (IOException e) {
        // Reported by whatever needs the directory.
      }
      hide(directory);
    }
    hide(home.config());
    if (isCommonParent()) {
      hide(home.state().getParent());
    }
  }

  /** Creates a directory, and those above it that do not exist, for the owner alone. */
  static void createDirectories(Path directory) throws IOException {
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER));
    } else {
      Files.createDirectories(directory);
    }
  }

  /** Hides the files that were written below these directories. */
  void hideFiles() {
    if (supported) {
      hideFiles(home.state());
      hideFiles(home.cache());
    }
  }

  /** A parent that contains anything else may be any directory, such as {@code /tmp}. */
  private boolean isCommonParent() {
    Path parent = home.state().getParent();
    if (home.cache().equals(home.state()) || !home.cache().getParent().equals(parent)) {
      return false;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
      for (Path entry : entries) {
        if (!List.of(home.config(), home.cache(), home.state()).contains(entry)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void hideFiles(Path root) {
    Path storage = home.cache().resolve("framework");
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes seen) {
              hide(directory);
              // Other processes create and delete files there all the time.
              return directory.equals(storage)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes seen) {
              if (seen.isRegularFile()) {
                hide(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      // The visitor handles all failures.
    }
  }

  private static void hide(Path path) {
    try {
      if (!Files.isSymbolicLink(path)) {
        var permissions = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        if (permissions.retainAll(OWNER)) {
          Files.setPosixFilePermissions(path, permissions);
        }
      }
    } catch (IOException e) {
      // It does not exist, or it belongs to somebody else.
    }
  }
}
