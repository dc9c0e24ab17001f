package dev.gitvan.config.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.FileIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The configuration files that a worktree had at one moment, and what tells whether that is still
 * so. The folder's own identity tells whether files came or went, so that one look at it replaces a
 * look at each name that is not there.
 *
 * @param files those that exist, in the order in which they are merged
 * @param looked just before the first look
 */
record ConfigurationFiles(
    Path root, Optional<FileIdentity> folder, List<Found> files, Instant looked) {
  /** A file and its identity. */
  record Found(Path path, FileIdentity identity) {
    String name() {
      return path.getFileName().toString();
    }
  }

  /** In the order in which they are merged; of each line at most one may be there. */
  private static final List<List<String>> NAMES =
      List.of(
          List.of("gitvan.yaml", "gitvan.json"), List.of("gitvan-local.yaml", "gitvan-local.json"));

  /** Names that somebody may mean to be read. */
  private static final List<String> NEAR_NAMES =
      List.of("gitvan.yml", "gitvan-local.yml", ".gitvan.yaml", ".gitvan.yml", ".gitvan.json");

  /** Whether a file of that name is read. */
  static boolean isName(Path name) {
    return NAMES.stream().anyMatch(names -> names.contains(name.toString()));
  }

  static ConfigurationFiles look(Path root) {
    var looked = Instant.now();
    var folder = identity(root);
    var files = new ArrayList<Found>();
    for (var names : NAMES) {
      var present = new ArrayList<Found>();
      for (var name : names) {
        var path = root.resolve(name);
        identity(path).ifPresent(identity -> present.add(new Found(path, identity)));
      }
      if (present.size() > 1) {
        throw GitVanException.of(
            Codes.CONFIG_DUPLICATE_FILE,
            present.get(0).name(),
            present.get(1).name() + " is there too, and only one of them can be meant",
            "Remove one of them.");
      }
      files.addAll(present);
    }
    return new ConfigurationFiles(root, folder, List.copyOf(files), looked);
  }

  /** Whether nothing has been written, added or removed since. */
  boolean unchanged() {
    if (folder.isEmpty() || folder.get().isRacy(looked) || !identity(root).equals(folder)) {
      return false;
    }
    for (var file : files) {
      if (file.identity().isRacy(looked)
          || !identity(file.path()).filter(file.identity()::equals).isPresent()) {
        return false;
      }
    }
    return true;
  }

  /** Files that are there and not read, though their names are near. */
  static List<String> nearNames(Path root) {
    return NEAR_NAMES.stream().filter(name -> identity(root.resolve(name)).isPresent()).toList();
  }

  private static Optional<FileIdentity> identity(Path path) {
    try {
      return FileIdentity.of(path);
    } catch (IOException e) {
      throw FileProblem.of(e, path).toException(e);
    }
  }
}
