package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;

/** Where the templates of a worktree are, and where they may not be. */
final class TemplateFolders {
  private static final int MAX_NAMES = 10_000;
  private static final int MAX_LEVELS = 32;

  private final WorktreeId worktree;
  private final String dir;
  private final List<Path> roots;

  /**
   * @param dir the template folder, below the worktree
   * @throws GitVanException {@code TEMPLATE_OUTSIDE_ROOT}
   */
  TemplateFolders(WorktreeId worktree, String dir) {
    this.worktree = worktree;
    this.dir = dir;
    this.roots =
        worktree.isBare() ? List.of() : List.of(folder(worktree, dir), worktree.workTree());
  }

  private static Path folder(WorktreeId worktree, String dir) {
    try {
      var folder = worktree.workTree().resolve(dir).normalize();
      if (folder.startsWith(worktree.workTree())) {
        return folder;
      }
    } catch (InvalidPathException e) {
      // Reported below.
    }
    throw GitVanException.of(
        Codes.TEMPLATE_OUTSIDE_ROOT,
        dir,
        "templates.dir is outside the worktree",
        "Set it to a folder of the repository.");
  }

  /**
   * The folders to look in, in this order.
   *
   * @throws GitVanException {@code REPO_BARE}
   */
  List<Path> roots() {
    if (worktree.isBare()) {
      throw GitVanException.of(
          Codes.REPO_BARE,
          worktree.toString(),
          "a bare repository has no template files",
          "Run it in a worktree.");
    }
    return roots;
  }

  /** The folders to look in, for people. */
  String description() {
    return dir + " or the worktree";
  }

  /** Whether a path is a folder, links followed; fails when there is nothing. */
  boolean isFolder(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).isDirectory();
  }

  /**
   * The file that a path leads to, links followed.
   *
   * @param name how errors name it
   * @throws GitVanException {@code TEMPLATE_OUTSIDE_ROOT}
   */
  Path realPathOf(Path file, String name) throws IOException {
    var real = file.toRealPath();
    if (!real.startsWith(worktree.workTree())) {
      throw TemplateName.outside(name, "leads out of the worktree through a symbolic link");
    }
    boolean git =
        real.startsWith(worktree.gitDir()) || real.startsWith(worktree.repository().commonDir());
    for (var component : worktree.workTree().relativize(real)) {
      git |= GitNames.isGitDirectory(component.toString());
    }
    if (git) {
      throw TemplateName.outside(name, "leads into a Git directory through a symbolic link");
    }
    return real;
  }

  /** The files below the template folder, by name; hidden ones left out. */
  List<String> names() {
    if (worktree.isBare() || !Files.isDirectory(roots.get(0))) {
      return List.of();
    }
    var folder = roots.get(0);
    var names = new ArrayList<String>();
    try {
      Files.walkFileTree(
          folder,
          EnumSet.noneOf(java.nio.file.FileVisitOption.class),
          MAX_LEVELS,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
              return isHidden(path) && !path.equals(folder)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
              if (!isHidden(path) && Files.isRegularFile(path)) {
                names.add(nameOf(folder.relativize(path)));
              }
              return names.size() < MAX_NAMES
                  ? FileVisitResult.CONTINUE
                  : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException failure) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw FileProblem.of(e, folder).toException(e);
    }
    Collections.sort(names);
    return names;
  }

  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }

  private static String nameOf(Path relative) {
    var segments = new ArrayList<String>();
    relative.forEach(segment -> segments.add(segment.toString()));
    return String.join("/", segments);
  }
}
