package dev.gitvan.template.internal;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder held by its descriptor, so that a symbolic link put in its place, or in its parents',
 * changes nothing.
 */
final class SecureOutputFolder extends OutputFolder {
  private final List<SecureDirectoryStream<Path>> chain;
  private final Deque<Made> made;
  private final SecureDirectoryStream<Path> folder;

  /** The inodes of the chain, once they are known: a descriptor always has the same. */
  private final Object[] keys;

  private SecureOutputFolder(List<SecureDirectoryStream<Path>> chain, Deque<Made> made) {
    this.chain = chain;
    this.made = made;
    this.folder = chain.get(chain.size() - 1);
    this.keys = new Object[chain.size()];
  }

  /** Null when a folder is missing and not to be made. */
  static SecureOutputFolder reach(
      SecureDirectoryStream<Path> root, OutputPath output, boolean create) throws IOException {
    var chain = new ArrayList<SecureDirectoryStream<Path>>();
    chain.add(root);
    var opened = new SecureOutputFolder(chain, new ArrayDeque<>());
    boolean arrived = false;
    try {
      for (int level = 0; level < output.folders().size(); level++) {
        var next = opened.descend(output, level, create);
        if (next == null) {
          return null;
        }
        chain.add(next);
      }
      var result = new SecureOutputFolder(chain, opened.made);
      arrived = true;
      return result;
    } finally {
      if (!arrived) {
        opened.removeMadeFolders();
        opened.close();
      }
    }
  }

  private SecureDirectoryStream<Path> descend(OutputPath output, int level, boolean create)
      throws IOException {
    var parent = chain.get(level);
    var name = Path.of(output.folders().get(level));
    while (true) {
      try {
        return parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
      } catch (NoSuchFileException e) {
        if (!create) {
          return null;
        }
      } catch (FileSystemException e) {
        throw explained(e, output, level, parent, name);
      }
      make(output, level, parent, name);
    }
  }

  /** A link or a file where a folder should be gives an error that says neither. */
  private static RuntimeException explained(
      FileSystemException e,
      OutputPath output,
      int level,
      SecureDirectoryStream<Path> parent,
      Path name)
      throws IOException {
    var shown = String.join("/", output.folders().subList(0, level + 1));
    var found =
        parent
            .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes();
    if (found.isSymbolicLink()) {
      return symlink(output.toString(), shown);
    }
    if (!found.isDirectory()) {
      return notAFolder(output.toString(), shown);
    }
    throw e;
  }

  /**
   * Makes a folder. The platform can only make one by its path, and the path to a deeper one may
   * have been bent by then; so it is made in the root and moved to where the descriptor points.
   */
  private void make(OutputPath output, int level, SecureDirectoryStream<Path> parent, Path name)
      throws IOException {
    if (level == 0) {
      makeByPath(output, level, parent, name);
      return;
    }
    var root = output.root();
    var temporary = Path.of(temporaryName());
    Files.createDirectory(root.resolve(temporary));
    boolean moved = false;
    try {
      chain.get(0).move(temporary, parent, name);
      moved = true;
      made.push(new Made(parent, name));
    } catch (AtomicMoveNotSupportedException e) {
      // Another file system is mounted inside the worktree: only its owner could bend that path.
      makeByPath(output, level, parent, name);
    } catch (FileSystemException e) {
      // Somebody was faster and has written into it: the next attempt to open it will tell.
      if (attributes(parent, name).isEmpty()) {
        throw e;
      }
    } finally {
      if (!moved) {
        Files.deleteIfExists(root.resolve(temporary));
      }
    }
  }

  private void makeByPath(
      OutputPath output, int level, SecureDirectoryStream<Path> parent, Path name)
      throws IOException {
    var path = output.root();
    for (var folder : output.folders().subList(0, level + 1)) {
      path = path.resolve(folder);
    }
    try {
      Files.createDirectory(path);
      made.push(new Made(parent, name));
    } catch (FileAlreadyExistsException e) {
      // Somebody was faster.
    }
  }

  @Override
  boolean isInPlace(OutputPath output) throws IOException {
    try {
      var root = Files.readAttributes(output.root(), BasicFileAttributes.class);
      if (!isHeld(root, 0)) {
        return false;
      }
    } catch (NoSuchFileException e) {
      return false;
    }
    // Each by its own name: a link on the way may lead to the very folder that is held.
    for (int level = 0; level < output.folders().size(); level++) {
      var named = attributes(chain.get(level), Path.of(output.folders().get(level)));
      if (named.isEmpty() || !isHeld(named.get(), level + 1)) {
        return false;
      }
    }
    return true;
  }

  private boolean isHeld(BasicFileAttributes named, int level) throws IOException {
    if (keys[level] == null) {
      keys[level] =
          chain
              .get(level)
              .getFileAttributeView(BasicFileAttributeView.class)
              .readAttributes()
              .fileKey();
    }
    return named.fileKey().equals(keys[level]);
  }

  @Override
  Optional<BasicFileAttributes> attributes(String name) throws IOException {
    return attributes(folder, Path.of(name));
  }

  private static Optional<BasicFileAttributes> attributes(
      SecureDirectoryStream<Path> folder, Path name) throws IOException {
    try {
      return Optional.of(
          folder
              .getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .readAttributes());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  SeekableByteChannel read(String name) throws IOException {
    return folder.newByteChannel(
        Path.of(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  SeekableByteChannel create(String name) throws IOException {
    return folder.newByteChannel(
        Path.of(name),
        Set.of(
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE_NEW,
            LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  void setPermissions(String name, Set<PosixFilePermission> permissions) throws IOException {
    folder
        .getFileAttributeView(
            Path.of(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setPermissions(permissions);
  }

  @Override
  void setModified(String name, FileTime time) throws IOException {
    folder
        .getFileAttributeView(
            Path.of(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(time, null, null);
  }

  @Override
  void rename(String from, String to) throws IOException {
    folder.move(Path.of(from), folder, Path.of(to));
  }

  @Override
  void delete(String name) throws IOException {
    folder.deleteFile(Path.of(name));
  }

  @Override
  void removeMadeFolders() {
    while (!made.isEmpty()) {
      var last = made.pop();
      try {
        last.parent().deleteDirectory(last.name());
      } catch (IOException e) {
        return; // Not empty any more: somebody uses it.
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (int i = chain.size() - 1; i >= 0; i--) {
      chain.get(i).close();
    }
  }

  private record Made(SecureDirectoryStream<Path> parent, Path name) {}
}
