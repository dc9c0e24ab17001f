package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.GitVanException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

/**
 * A folder known by its path, where the platform cannot hold one by a descriptor. The path is
 * checked again right before every change, which leaves the smallest gap that is possible there.
 */
final class PathOutputFolder extends OutputFolder {
  private final OutputPath output;
  private final Path folder;
  private final Deque<Path> made = new ArrayDeque<>();

  private PathOutputFolder(OutputPath output) {
    this.output = output;
    this.folder = output.file().getParent();
  }

  /** Null when a folder is missing and not to be made. */
  static PathOutputFolder reach(OutputPath output, boolean create) throws IOException {
    var opened = new PathOutputFolder(output);
    boolean arrived = false;
    try {
      arrived = opened.walk(create);
      return arrived ? opened : null;
    } finally {
      if (!arrived) {
        opened.removeMadeFolders();
      }
    }
  }

  private boolean walk(boolean create) throws IOException {
    var path = output.root();
    for (int level = 0; level < output.folders().size(); level++) {
      path = path.resolve(output.folders().get(level));
      if (attributesOf(path).isEmpty()) {
        if (!create) {
          return false;
        }
        try {
          Files.createDirectory(path);
          made.push(path);
        } catch (FileAlreadyExistsException e) {
          // Somebody was faster.
        }
      }
      check(path, level);
    }
    return true;
  }

  private void check(Path path, int level) throws IOException {
    var shown = String.join("/", output.folders().subList(0, level + 1));
    var found = attributesOf(path).orElseThrow(() -> new NoSuchFileException(path.toString()));
    if (found.isSymbolicLink()) {
      throw symlink(output.toString(), shown);
    }
    if (!found.isDirectory()) {
      throw notAFolder(output.toString(), shown);
    }
  }

  private void checkAgain() throws IOException {
    walk(false);
  }

  @Override
  boolean isInPlace(OutputPath output) throws IOException {
    try {
      return walk(false); // known by its path
    } catch (GitVanException e) {
      return false; // something else is there
    }
  }

  @Override
  Optional<BasicFileAttributes> attributes(String name) throws IOException {
    checkAgain();
    return attributesOf(folder.resolve(name));
  }

  private static Optional<BasicFileAttributes> attributesOf(Path path) throws IOException {
    try {
      var kind =
          path.getFileSystem().supportedFileAttributeViews().contains("posix")
              ? PosixFileAttributes.class
              : BasicFileAttributes.class;
      return Optional.of(Files.readAttributes(path, kind, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  SeekableByteChannel read(String name) throws IOException {
    checkAgain();
    return Files.newByteChannel(
        folder.resolve(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  SeekableByteChannel create(String name) throws IOException {
    checkAgain();
    return Files.newByteChannel(
        folder.resolve(name),
        Set.of(
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE_NEW,
            LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  void setPermissions(String name, Set<PosixFilePermission> permissions) throws IOException {
    Files.getFileAttributeView(
            folder.resolve(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setPermissions(permissions);
  }

  @Override
  void setModified(String name, FileTime time) throws IOException {
    Files.getFileAttributeView(
            folder.resolve(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(time, null, null);
  }

  @Override
  void rename(String from, String to) throws IOException {
    checkAgain();
    Files.move(
        folder.resolve(from),
        folder.resolve(to),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  void delete(String name) throws IOException {
    Files.delete(folder.resolve(name));
  }

  @Override
  void removeMadeFolders() {
    while (!made.isEmpty()) {
      try {
        Files.delete(made.pop());
      } catch (IOException e) {
        return; // Not empty any more: somebody uses it.
      }
    }
  }

  @Override
  public void close() {}
}
