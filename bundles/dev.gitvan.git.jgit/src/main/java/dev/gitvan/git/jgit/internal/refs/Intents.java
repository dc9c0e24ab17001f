package dev.gitvan.git.jgit.internal.refs;

import dev.gitvan.home.KeptFiles;
import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;

/**
 * The intents of a repository, and the files that they may name. The folder may have come with the
 * repository, so nothing in it is trusted: an intent names files by their path below the common
 * directory, no link may lead to them, and each is a lock, an index or a reflog. The only lock that
 * may be elsewhere is that of {@code packed-refs} where that file is a link.
 */
public final class Intents {
  private static final String PACKED_LOCK = Constants.PACKED_REFS + ".lock";
  private static final String WORKTREES = "worktrees";
  private static final String INDEX = "index";

  private final Path commonDir;
  private final Path folder;
  private final KeptFiles files;

  public Intents(RepositoryId repository) {
    this.commonDir = repository.commonDir();
    this.folder = repository.stateDir().resolve("intents");
    this.files = new KeptFiles(commonDir);
  }

  /** The folder that contains them. */
  Path folder() {
    return folder;
  }

  /**
   * Creates the folder, unless it exists.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code IO_ERROR} when something else has that
   *     name
   */
  public void createFolder() throws IOException {
    files.createFolder(folder);
  }

  /** The files of all intents. */
  List<Path> list() throws IOException {
    if (!files.isFolder(folder)) {
      return List.of();
    }
    var list = new ArrayList<Path>();
    try (var all = Files.newDirectoryStream(folder, "*" + Intent.SUFFIX)) {
      all.forEach(list::add);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return list;
  }

  /** The name of a file in an intent. */
  String name(Path file) {
    return file.startsWith(commonDir)
        ? commonDir.relativize(file).toString().replace('\\', '/')
        : PACKED_LOCK;
  }

  /** The lock that a name stands for; empty when an intent may not name it. */
  Optional<Path> lock(String name) {
    if (name.equals(PACKED_LOCK)) {
      try {
        return Optional.of(RefTransaction.lock(new RefFiles(commonDir).packed()));
      } catch (IOException e) {
        return Optional.empty(); // a link that leads nowhere
      }
    }
    return inside(name).filter(file -> file.toString().endsWith(".lock"));
  }

  /** The index that a name stands for, a worktree's; empty when an intent may not name it. */
  Optional<Path> index(String name) {
    return inside(name)
        .filter(
            file -> {
              var path = commonDir.relativize(file);
              return path.endsWith(INDEX)
                  && (path.getNameCount() == 1
                      || path.getNameCount() == 3 && path.startsWith(WORKTREES));
            });
  }

  /** The reflog that a name stands for; empty when an intent may not name it. */
  Optional<Path> log(String name) {
    return inside(name).filter(file -> refOf(file).isPresent());
  }

  /** The reflog of a ref that all worktrees share. */
  Optional<Path> logOf(String ref) {
    return log(Constants.LOGS + "/" + ref);
  }

  /** The ref whose moves a reflog records: a full name, or {@code HEAD} of any worktree. */
  Optional<String> refOf(Path log) {
    var path = commonDir.relativize(log);
    int count = path.getNameCount();
    if (path.startsWith(Constants.LOGS) && count > 1) {
      return Optional.of(path.subpath(1, count).toString().replace('\\', '/'));
    }
    return path.startsWith(WORKTREES)
            && count == 4
            && path.endsWith(Constants.LOGS + "/" + Constants.HEAD)
        ? Optional.of(Constants.HEAD)
        : Optional.empty();
  }

  /** A path below the common directory, if it is normalized and no link leads to it. */
  private Optional<Path> inside(String name) {
    Path path;
    try {
      path = Path.of(name);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
    if (name.isEmpty()
        || path.isAbsolute()
        || path.startsWith("..")
        || !path.normalize().equals(path)) {
      return Optional.empty();
    }
    var at = commonDir;
    for (var part : path) {
      at = at.resolve(part);
      if (Files.isSymbolicLink(at)) {
        return Optional.empty();
      }
    }
    return Optional.of(at);
  }
}
