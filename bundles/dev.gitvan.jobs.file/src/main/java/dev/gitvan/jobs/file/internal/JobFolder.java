package dev.gitvan.jobs.file.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The folder {@code .gitvan/jobs} of a worktree. Hidden files are not looked at. */
final class JobFolder {
  private static final String NAME = ".gitvan/jobs";
  private static final List<String> ENDINGS = List.of(".json", ".yaml");

  private final Path root;
  private final Path folder;

  JobFolder(Path root) {
    this.root = root;
    this.folder = root.resolve(".gitvan").resolve("jobs");
  }

  /**
   * A file of the folder.
   *
   * @param id the job's name
   * @param path absolute
   * @param name how errors name it: below the worktree, with slashes
   * @param problem why it is not even read; null when it is
   */
  record Entry(String id, Path path, String name, Problem problem) {}

  /** The files that define a job of a name: one, none, or two by mistake. */
  List<Entry> find(String id) {
    if (!exists()) {
      return List.of();
    }
    var entries = new ArrayList<Entry>();
    var stem = id.replace(':', '/');
    for (var ending : ENDINGS) {
      var path = folder.resolve(stem + ending);
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        entries.add(entry(path, throughLink(path)));
      }
    }
    return entries;
  }

  /** A link on the way to a file: what lies behind it is not the repository's. */
  private boolean throughLink(Path path) {
    for (var at = path; !at.equals(folder); at = at.getParent()) {
      if (Files.isSymbolicLink(at)) {
        return true;
      }
    }
    return false;
  }

  /** Every file that defines a job, by name. */
  List<Entry> list() {
    if (!exists()) {
      return List.of();
    }
    var entries = new ArrayList<Entry>();
    try {
      Files.walkFileTree(folder, new Walk(entries));
    } catch (IOException e) {
      throw FileProblem.of(e, folder).toException(e);
    }
    entries.sort(Comparator.comparing(Entry::id).thenComparing(Entry::name));
    return entries;
  }

  private boolean exists() {
    for (var at : List.of(folder.getParent(), folder)) {
      var attributes = attributes(at);
      if (attributes.isEmpty()) {
        return false;
      }
      if (!attributes.get().isDirectory()) {
        throw GitVanException.of(
            Codes.CONFIG_NOT_REGULAR,
            root.relativize(at).toString(),
            attributes.get().isSymbolicLink() ? "is a symbolic link" : "is not a folder",
            "Replace it with a folder.");
      }
    }
    return true;
  }

  private static Optional<BasicFileAttributes> attributes(Path path) {
    try {
      return Optional.of(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (java.nio.file.NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw FileProblem.of(e, path).toException(e);
    }
  }

  private Entry entry(Path path, boolean link) {
    var name = name(path);
    var below = name.substring(NAME.length() + 1);
    int dot = below.lastIndexOf('.');
    var id = (dot < 0 ? below : below.substring(0, dot)).replace('/', ':');
    Problem problem = null;
    if (link) {
      problem =
          new Problem(
              Codes.CONFIG_NOT_REGULAR,
              name,
              "is a symbolic link, not a regular file",
              "Replace it with a regular file.");
    } else if (below.endsWith(".yml")) {
      problem =
          new Problem(
              Codes.CONFIG_FILE_NAME,
              name,
              "GitVan reads jobs from files that end in .yaml or .json",
              "Rename it.");
    } else if (below.indexOf(':') >= 0) {
      problem =
          new Problem(
              Codes.JOB_NAME_INVALID,
              name,
              "file names of jobs must not contain a colon",
              "Use a folder instead: a/b.yaml is the job a:b.");
    }
    return new Entry(id, path, name, problem);
  }

  private String name(Path path) {
    return NAME + "/" + folder.relativize(path).toString().replace('\\', '/');
  }

  private final class Walk extends SimpleFileVisitor<Path> {
    private final List<Entry> entries;

    Walk(List<Entry> entries) {
      this.entries = entries;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return !directory.equals(folder) && hidden(directory)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      var name = file.getFileName().toString();
      boolean job = name.endsWith(".yaml") || name.endsWith(".json") || name.endsWith(".yml");
      if (!hidden(file) && (job || attributes.isSymbolicLink() && Files.isDirectory(file))) {
        entries.add(entry(file, attributes.isSymbolicLink()));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      var entry = entry(file, false);
      entries.add(new Entry(entry.id(), entry.path(), entry.name(), FileProblem.of(failure, file)));
      return FileVisitResult.CONTINUE;
    }

    private boolean hidden(Path path) {
      return path.getFileName().toString().startsWith(".");
    }
  }
}
