package dev.gitvan.jobs.file.internal.step;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Documents;
import dev.gitvan.document.Node;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.spi.StepContext;
import dev.gitvan.jobs.file.internal.definition.Glob;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The items of {@code for-each}: the files of a glob, or the entries of a list. */
final class Items {
  private final Documents documents;

  Items(Documents documents) {
    this.documents = documents;
  }

  /**
   * An item.
   *
   * @param name for people: its path, or its number
   * @param data what its template sees: {@code item}, {@code index} and, of a file, {@code path}
   */
  record Item(String name, Map<String, Object> data) {}

  /** The items, in an order that depends on nothing but them. */
  List<Item> of(StepContext context, StepSpec step) {
    var node = step.option("for-each").orElseThrow();
    var rendered = context.renderAll(node, Map.of());
    if (rendered instanceof String text) {
      // A template cannot give a list, but it can write one.
      var listed = text.startsWith("[") ? documents.scalar(text) : text;
      return listed instanceof List<?> list ? listed(list) : files(context, node, text);
    }
    return listed((List<?>) rendered);
  }

  private static List<Item> listed(List<?> list) {
    var items = new ArrayList<Item>(list.size());
    for (var value : list) {
      var data = new LinkedHashMap<String, Object>();
      data.put("item", value);
      data.put("index", (long) items.size());
      items.add(new Item("item " + items.size(), data));
    }
    return items;
  }

  private List<Item> files(StepContext context, Node node, String pattern) {
    var root =
        context
            .job()
            .worktree()
            .root()
            .orElseThrow(
                () ->
                    GitVanException.of(
                        Codes.REPO_BARE,
                        node.place().toString(),
                        "a bare repository has no files",
                        "Run the job in a worktree."));
    var items = new ArrayList<Item>();
    for (var path : paths(root, node, pattern)) {
      var data = new LinkedHashMap<String, Object>();
      data.put("item", documents.readData(root.resolve(path), path));
      data.put("index", (long) items.size());
      data.put("path", path);
      items.add(new Item(path, data));
      context.job().checkpoint();
    }
    return items;
  }

  private static List<String> paths(Path root, Node node, String pattern) {
    Glob glob;
    try {
      glob = Glob.of(pattern.startsWith("./") ? pattern.substring(2) : pattern);
    } catch (IllegalArgumentException e) {
      throw GitVanException.of(
          Codes.CONFIG_RANGE,
          node.place().toString(),
          "for-each is not a valid pattern: " + e.getMessage(),
          "Write for example data/*.json or data/**/*.yaml.");
    }
    var start = root.resolve(glob.folder()).normalize();
    if (!start.startsWith(root)) {
      throw GitVanException.of(
          Codes.CONFIG_RANGE,
          node.place().toString(),
          "for-each points outside the worktree",
          "Use a path inside the worktree.");
    }
    if (!Files.isDirectory(start, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try {
      var walk = new Walk(root, glob);
      Files.walkFileTree(start, walk);
      return walk.found.stream().sorted().toList();
    } catch (IOException e) {
      throw FileProblem.of(e, start).toException(e);
    }
  }

  /** A path in the form in which equal ones are equal; whether it is valid is checked later. */
  static String normal(String path) {
    var names = new ArrayList<String>();
    for (var name : path.split("/")) {
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return String.join("/", names);
  }

  /** Collects files that match. Links are not followed, Git's folder is not entered. */
  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Glob glob;
    private final List<String> found = new ArrayList<>();

    Walk(Path root, Glob glob) {
      this.root = root;
      this.glob = glob;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return directory.getFileName() != null
              && directory.getFileName().toString().equalsIgnoreCase(".git")
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      var path = root.relativize(file).toString().replace('\\', '/');
      if (glob.test(path)) {
        found.add(path);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
