package dev.gitvan.git.jgit.internal.settings;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.repository.GitVariable;
import dev.gitvan.repository.GitVariable.Use;
import dev.gitvan.repository.WorktreeId;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What Git's variables of a caller mean for its repository; {@link GitVariable} lists them.
 *
 * @param directory where the caller is
 * @param environment of the caller
 */
record CallerVariables(Path directory, Map<String, String> environment) {
  /** The Git directory, or a file that names it. */
  Optional<Path> gitDir() {
    return path(GitVariable.GIT_DIR, directory);
  }

  /**
   * The worktree's files.
   *
   * @throws GitVanException {@code REPO_NOT_FOUND}
   */
  Optional<Path> workTree() throws IOException {
    var named = path(GitVariable.GIT_WORK_TREE, directory);
    if (named.isPresent() && !Files.isDirectory(named.get())) {
      throw problem(GitVariable.GIT_WORK_TREE, "it does not name a directory");
    }
    return named.isEmpty() ? named : Optional.of(named.get().toRealPath());
  }

  /** Whether the directory is the worktree of a Git directory that is named. */
  boolean hasImplicitWorkTree() {
    var value = GitVariable.GIT_IMPLICIT_WORK_TREE.in(environment).orElse("true");
    return !Set.of("false", "no", "off", "0", "").contains(value.toLowerCase(Locale.ROOT));
  }

  /** Folders that are not searched, unless they are the directory itself. */
  Set<Path> ceilings() {
    var ceilings = new HashSet<Path>();
    boolean resolved = true;
    for (var text : places(GitVariable.GIT_CEILING_DIRECTORIES)) {
      if (text.isEmpty()) {
        resolved = false; // The folders after it contain no links.
      } else {
        var ceiling = Path.of(text);
        if (ceiling.isAbsolute()) {
          ceilings.add(resolved ? real(ceiling) : ceiling.normalize());
        }
      }
    }
    return ceilings;
  }

  /**
   * The worktree with the caller's index.
   *
   * @throws GitVanException {@code REPO_UNSUPPORTED} if a variable is set that is refused
   */
  WorktreeId view(WorktreeId found) {
    for (var variable : GitVariable.values()) {
      if (variable.use() == Use.REFUSED && !namesOwn(variable, found)) {
        throw refused(variable);
      }
    }
    // As Git does, which has changed to the top of the worktree by then.
    var index = path(GitVariable.GIT_INDEX_FILE, top(found));
    if (index.isEmpty() || real(index.get()).equals(found.index())) {
      return found;
    }
    return new WorktreeId(found.gitDir(), found.repository(), found.workTree(), index.get());
  }

  private static GitVanException refused(GitVariable variable) {
    return variable == GitVariable.GIT_QUARANTINE_PATH
        ? GitVanException.of(
            Codes.REPO_UNSUPPORTED,
            variable.name(),
            "GitVan does not read objects of a push that Git has not accepted yet",
            "Run it in the post-receive hook, or unset Git's variables.")
        : GitVanException.of(
            Codes.REPO_UNSUPPORTED,
            variable.name(),
            "GitVan does not support another value than the repository's own",
            "Unset it, or name the repository with --repo.");
  }

  private boolean namesOwn(GitVariable variable, WorktreeId found) {
    var common = found.repository().commonDir();
    var own =
        switch (variable) {
          case GIT_COMMON_DIR -> common;
          case GIT_OBJECT_DIRECTORY, GIT_ALTERNATE_OBJECT_DIRECTORIES -> common.resolve("objects");
          case GIT_SHALLOW_FILE -> common.resolve("shallow");
          case GIT_GRAFT_FILE -> common.resolve("info/grafts");
          default -> null;
        };
    return places(variable).stream()
        .allMatch(
            text ->
                text.isEmpty()
                    || own != null && real(top(found).resolve(text)).equals(real(own))
                    || variable == GitVariable.GIT_REPLACE_REF_BASE
                        && text.replaceFirst("/+$", "").equals("refs/replace"));
  }

  private Path top(WorktreeId found) {
    return found.root().orElse(directory);
  }

  private List<String> places(GitVariable variable) {
    return variable
        .in(environment)
        .map(text -> List.of(text.split(File.pathSeparator)))
        .orElse(List.of());
  }

  private Optional<Path> path(GitVariable variable, Path base) {
    var text = variable.in(environment);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().isEmpty()) {
      throw problem(variable, "it is empty");
    }
    try {
      return Optional.of(base.toAbsolutePath().resolve(text.get()));
    } catch (InvalidPathException e) {
      throw problem(variable, "it is not a path");
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  /** The error of a variable that does not lead to a repository. */
  GitVanException problem(GitVariable variable, String what) {
    return GitVanException.of(
        Codes.REPO_NOT_FOUND,
        variable + "=" + variable.in(environment).orElse(""),
        what,
        "Correct it, unset it, or name the repository with --repo.");
  }
}
