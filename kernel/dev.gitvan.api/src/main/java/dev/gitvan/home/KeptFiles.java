package dev.gitvan.home;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Files that GitVan keeps for itself below a folder whose content others may have prepared, such as
 * the Git directory of a repository that came as an archive. Below the root no symbolic link is
 * followed, so that nothing outside is read or written. Only regular files are opened: opening a
 * FIFO would block. Immutable; safe for any thread.
 */
public final class KeptFiles {
  private final Path root;

  /**
   * @param root a folder whose own path is trusted and may contain links; not null. Every path that
   *     the methods take must be below it
   */
  public KeptFiles(Path root) {
    this.root = root;
  }

  /**
   * Creates a folder below the root and its missing parents, unless it exists.
   *
   * @throws GitVanException {@code IO_ERROR} when a link or a file has its name, or a parent's
   * @throws IOException when it cannot be created
   */
  public void createFolder(Path folder) throws IOException {
    for (var step : steps(folder)) {
      if (Files.isDirectory(step, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      try {
        Files.createDirectory(step);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(step, LinkOption.NOFOLLOW_LINKS)) {
          throw inTheWay(step, "a folder");
        }
      }
    }
  }

  /** Whether a folder below the root exists and no link leads to it. */
  public boolean isFolder(Path folder) {
    return steps(folder).stream()
        .allMatch(step -> Files.isDirectory(step, LinkOption.NOFOLLOW_LINKS));
  }

  /** The folders between the root and a folder, with the folder itself; outermost first. */
  private List<Path> steps(Path folder) {
    if (!folder.startsWith(root)) {
      throw new IllegalArgumentException(folder + " is not below " + root);
    }
    var steps = new ArrayList<Path>();
    for (var step = folder; !step.equals(root); step = step.getParent()) {
      steps.add(0, step);
    }
    return steps;
  }

  /** Whether a regular file exists and no link leads to it. */
  public boolean isFile(Path file) {
    return isFolder(file.getParent()) && isRegular(file);
  }

  private static boolean isRegular(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Reads a file.
   *
   * @param limit maximum size in bytes
   * @return empty when the file is missing, not regular, reached through a link, or larger
   */
  public Optional<byte[]> read(Path file, int limit) throws IOException {
    if (!isFile(file)) {
      return Optional.empty();
    }
    try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      var content = in.readNBytes(limit);
      return in.read() < 0 ? Optional.of(content) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Replaces a file atomically: readers find the old content or the new one. A link in its place is
   * replaced, not followed. Missing folders are created.
   *
   * @throws GitVanException {@code IO_ERROR} when a folder has its name; see also {@link
   *     #createFolder}
   */
  public void replace(Path file, byte[] content) throws IOException {
    createFolder(file.getParent());
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      throw inTheWay(file, "a file");
    }
    var draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (var out =
          Files.newOutputStream(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        out.write(content);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * Opens a file that is used only as a lock; creates it, and missing folders.
   *
   * @return a channel that the caller closes
   * @throws GitVanException {@code IO_ERROR} when it is not a regular file; see also {@link
   *     #createFolder}
   */
  public FileChannel openLock(Path file) throws IOException {
    return open(file, StandardOpenOption.WRITE);
  }

  /** As {@link #openLock}, for writing at the end of the file. */
  public FileChannel openToAppend(Path file) throws IOException {
    return open(file, StandardOpenOption.APPEND);
  }

  private FileChannel open(Path file, OpenOption use) throws IOException {
    createFolder(file.getParent());
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !isRegular(file)) {
      throw inTheWay(file, "a file");
    }
    return FileChannel.open(file, StandardOpenOption.CREATE, use, LinkOption.NOFOLLOW_LINKS);
  }

  private static GitVanException inTheWay(Path path, String wanted) {
    var is =
        Files.isSymbolicLink(path)
            ? "a symbolic link"
            : Files.isDirectory(path)
                ? "a folder"
                : Files.isRegularFile(path) ? "a file" : "a special file";
    return GitVanException.of(
        Codes.IO_ERROR,
        path.toString(),
        is + " is where GitVan keeps " + wanted + " of its own",
        "Remove it; GitVan creates its own.");
  }
}
