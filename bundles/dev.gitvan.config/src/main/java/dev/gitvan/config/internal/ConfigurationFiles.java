package dev.gitvan.config.internal;

import dev.gitvan.config.Configuration;
import dev.gitvan.config.internal.setting.DocumentCheck.Owner;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.FileIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration files of a user and a worktree at one moment, with what is needed to find out
 * whether they have changed. The identity of a folder shows whether files were added or removed, so
 * that one check of it replaces a check of each name that does not exist.
 *
 * @param folders the folders that can have such files, with their identities; empty for one that
 *     does not exist
 * @param files those that exist, in the order in which they are merged
 * @param checked just before the first check
 */
record ConfigurationFiles(
    Map<Path, Optional<FileIdentity>> folders, List<Found> files, Instant checked) {
  /**
   * A file and its identity.
   *
   * @param name as messages name it
   * @param owner whose file it is
   */
  record Found(Path path, String name, Owner owner, FileIdentity identity) {}

  /** In the order in which they are merged; of each line at most one may be there. */
  private static final List<List<String>> NAMES =
      List.of(List.of("gitvan.yaml", "gitvan.json"), Configuration.LOCAL_FILES);

  /** Names that somebody may mean to be read. */
  private static final List<String> NEAR_NAMES =
      List.of("gitvan.yml", "gitvan-local.yml", ".gitvan.yaml", ".gitvan.yml", ".gitvan.json");

  /** Whether a file of that name is read. */
  static boolean isName(Path name) {
    return NAMES.stream().anyMatch(names -> names.contains(name.toString()));
  }

  /**
   * The files as they are now.
   *
   * @param user the folder of the user's own file; null for none
   * @param root the worktree's root; null for none
   */
  static ConfigurationFiles look(Path user, Path root) {
    var checked = Instant.now();
    var folders = new LinkedHashMap<Path, Optional<FileIdentity>>();
    var files = new ArrayList<Found>();
    if (user != null) {
      folders.put(user, identity(user));
      if (folders.get(user).isPresent()) {
        // Many users keep their files elsewhere and link to them.
        add(files, user, NAMES.get(0), Owner.USER);
      }
    }
    if (root != null) {
      folders.put(root, identity(root));
      NAMES.forEach(names -> add(files, root, names, Owner.REPOSITORY));
    }
    return new ConfigurationFiles(folders, List.copyOf(files), checked);
  }

  private static void add(List<Found> files, Path folder, List<String> names, Owner owner) {
    var present = new ArrayList<Found>();
    for (var name : names) {
      var path = folder.resolve(name);
      var target = owner == Owner.USER ? target(path) : path;
      var shown = owner == Owner.USER ? path.toString() : name;
      identity(target)
          .ifPresent(identity -> present.add(new Found(target, shown, owner, identity)));
    }
    if (present.size() > 1) {
      throw GitVanException.of(
          Codes.CONFIG_DUPLICATE_FILE,
          present.get(0).name(),
          present.get(1).path().getFileName()
              + " exists too, but only one configuration file is allowed",
          "Remove one of them.");
    }
    files.addAll(present);
  }

  /** The file that a link leads to; of something else, the path itself. */
  private static Path target(Path path) {
    if (!Files.isSymbolicLink(path)) {
      return path;
    }
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw GitVanException.of(
          Codes.CONFIG_NOT_REGULAR,
          path.toString(),
          "it is a link that leads nowhere",
          "Create the file that it links to, or remove the link.");
    }
  }

  /** Whether nothing has been written, added or removed since. */
  boolean unchanged() {
    for (var folder : folders.entrySet()) {
      var before = folder.getValue();
      boolean racy = before.isPresent() && before.get().isRacy(checked);
      if (racy || !identity(folder.getKey()).equals(before)) {
        return false;
      }
    }
    for (var file : files) {
      if (file.identity().isRacy(checked)
          || !identity(file.path()).filter(file.identity()::equals).isPresent()) {
        return false;
      }
    }
    return true;
  }

  /** Files in a worktree that are not read although their names are similar. */
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
