package dev.gitvan.git.jgit.internal.settings;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.text.GitText;
import dev.gitvan.repository.GitVariable;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Config;

/** Finds the repository of a directory, as {@code git} does, and decides whether to open it. */
public final class Discovery {
  private static final String GIT_FILE = "gitdir: ";

  private final UserSettings user;
  private final Ownership ownership;

  /**
   * A worktree that is not checked yet.
   *
   * @param gitFile the {@code .git} file that leads to it, or null
   * @param implicitBare whether it is a bare repository that nobody has named
   */
  private record Found(WorktreeId worktree, Path gitFile, boolean implicitBare) {
    Found withRoot(Optional<Path> root) {
      return root.isEmpty()
          ? this
          : new Found(
              new WorktreeId(worktree.gitDir(), worktree.repository(), root.get()),
              gitFile,
              implicitBare);
    }
  }

  public Discovery(UserSettings user, Ownership ownership) {
    this.user = user;
    this.ownership = ownership;
  }

  /**
   * The worktree that a directory belongs to.
   *
   * @throws GitVanException {@code REPO_NOT_FOUND}, {@code REPO_NOT_TRUSTED}, {@code
   *     REPO_UNSUPPORTED}, {@code CONFIG_PARSE}, {@code ACCESS_DENIED}
   */
  public WorktreeId discover(Path directory) {
    return discover(directory, Map.of());
  }

  /**
   * The worktree that a caller works in.
   *
   * @param environment of the caller: Git's variables count
   * @throws GitVanException as {@link #discover(Path)}
   */
  public WorktreeId discover(Path directory, Map<String, String> environment) {
    var caller = new CallerVariables(directory, environment);
    try {
      if (!Files.isDirectory(directory)) {
        throw notFound(directory, "there is no such directory");
      }
      var named = caller.gitDir();
      var found = named.isPresent() ? named(named.get(), caller) : search(directory, caller);
      return caller.view(checked(found.withRoot(caller.workTree())));
    } catch (IOException e) {
      throw FileProblem.of(e, directory).toException(e);
    }
  }

  private Found search(Path directory, CallerVariables caller) throws IOException {
    var start = directory.toRealPath();
    var ceilings = caller.ceilings();
    for (var at = start; at != null; at = at.getParent()) {
      if (!at.equals(start) && ceilings.contains(at)) {
        break;
      }
      var checkedOut = checkedOut(at);
      if (checkedOut.isPresent()) {
        return checkedOut.get();
      }
      if (isGitDirectory(at)) {
        var found = locate(at, null, null);
        return new Found(found, null, found.isBare());
      }
    }
    throw notFound(directory, "not inside a Git repository");
  }

  /** The worktree of {@code GIT_DIR}: the caller's directory, unless the repository says more. */
  private Found named(Path gitDir, CallerVariables caller) throws IOException {
    var file = Files.isRegularFile(gitDir) ? gitDir : null;
    var target = file == null ? gitDir : named(file, GIT_FILE);
    if (target == null || !isGitDirectory(target)) {
      throw caller.problem(GitVariable.GIT_DIR, "it is not a Git directory");
    }
    var real = target.toRealPath();
    var common = commonDir(real);
    if (!caller.hasImplicitWorkTree()) {
      return new Found(new WorktreeId(real, new RepositoryId(common), null), file, false);
    }
    var here = caller.directory().toRealPath();
    boolean bare =
        real.equals(common) && UserSettings.truth(config(common).getString("core", null, "bare"));
    // Hooks of a push run inside the Git directory, which is never its own worktree.
    boolean elsewhere = bare || here.startsWith(real);
    return new Found(locate(real, null, elsewhere ? null : here), file, false);
  }

  /**
   * The worktree whose files a folder contains, as a submodule's does.
   *
   * @return empty if there is no {@code .git} in the folder itself
   * @throws GitVanException as {@link #discover}
   */
  Optional<WorktreeId> at(Path folder) {
    try {
      return checkedOut(folder.toRealPath()).map(this::checked);
    } catch (IOException e) {
      throw FileProblem.of(e, folder).toException(e);
    }
  }

  private Optional<Found> checkedOut(Path folder) throws IOException {
    var dotGit = folder.resolve(".git");
    if (isGitDirectory(dotGit)) {
      return Optional.of(new Found(locate(dotGit, folder, null), null, false));
    }
    return Files.isRegularFile(dotGit)
        ? Optional.of(new Found(linked(dotGit, folder), dotGit, false))
        : Optional.empty();
  }

  /** Checks a worktree that was found before: that it is still there, ours, and supported. */
  public void check(WorktreeId worktree) {
    try {
      if (!isGitDirectory(worktree.gitDir())) {
        throw notFound(worktree.root().orElse(worktree.gitDir()), "the Git repository is gone");
      }
    } catch (AccessDeniedException e) {
      throw FileProblem.of(e, worktree.gitDir()).toException(e);
    }
    var file = worktree.root().map(root -> root.resolve(".git")).filter(Files::isRegularFile);
    checked(new Found(worktree, file.orElse(null), false));
  }

  private WorktreeId checked(Found place) {
    var found = place.worktree();
    var users = user.protectedConfig();
    ownership.check(found, place.gitFile(), users);
    if (place.implicitBare()
        && "explicit".equalsIgnoreCase(users.getString("safe", null, "bareRepository"))) {
      throw GitVanException.of(
          Codes.REPO_NOT_TRUSTED,
          found.gitDir().toString(),
          "safe.bareRepository is `explicit`, but this is a bare repository",
          "Run it in a worktree.");
    }
    RepositoryFormat.check(found, config(found.repository().commonDir()));
    return found;
  }

  /** The worktree whose Git directory this is. */
  private WorktreeId locate(Path gitDir, Path parent, Path workTree) throws IOException {
    var real = gitDir.toRealPath();
    var common = commonDir(real);
    if (!real.equals(common)) {
      var back = real.resolve("gitdir");
      var root = workTree;
      if (root == null && Files.isRegularFile(back)) {
        var dotGit = named(back, "");
        root = dotGit == null ? null : dotGit.normalize().getParent();
      }
      return new WorktreeId(real, new RepositoryId(common), real(root));
    }
    var config = config(common);
    var configured = config.getString("core", null, "worktree");
    if (workTree != null || configured != null && !configured.isEmpty()) {
      var root = configured == null ? workTree : real.resolve(configured).normalize();
      return new WorktreeId(real, new RepositoryId(common), real(root));
    }
    boolean named = real.endsWith(".git");
    var bare = config.getString("core", null, "bare");
    if (UserSettings.truth(bare) || parent == null && !named) {
      return new WorktreeId(real, new RepositoryId(common), null);
    }
    return new WorktreeId(
        real, new RepositoryId(common), real(parent == null ? real.getParent() : parent));
  }

  /** The worktree of a {@code .git} file: a linked worktree's, a submodule's, a separate one's. */
  private WorktreeId linked(Path gitFile, Path root) throws IOException {
    var target = named(gitFile, GIT_FILE);
    if (target == null || !isGitDirectory(target.normalize())) {
      throw notFound(gitFile, "it does not point to a Git directory");
    }
    return locate(target.normalize(), root, root);
  }

  private Config config(Path commonDir) {
    var file = commonDir.resolve("config");
    return UserSettings.parse(
        new ConfigFiles(user.home(), condition -> false).read(file).text(), file.toString());
  }

  private static Path commonDir(Path gitDir) throws IOException {
    var file = gitDir.resolve("commondir");
    if (!Files.isRegularFile(file)) {
      return gitDir;
    }
    var common = named(file, "");
    if (common == null) {
      throw new FileSystemException(file.toString(), null, "it does not contain a path");
    }
    return common.toRealPath();
  }

  /**
   * The path that a file of Git contains.
   *
   * @param prefix what comes before it
   * @return null when the content is something else
   */
  private static Path named(Path file, String prefix) throws IOException {
    var text = Files.readString(file).strip();
    try {
      return text.startsWith(prefix) ? file.resolveSibling(text.substring(prefix.length())) : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /**
   * Git's own test: a HEAD that reads like one, objects and refs.
   *
   * @throws AccessDeniedException when it cannot be read
   */
  private static boolean isGitDirectory(Path directory) throws AccessDeniedException {
    var head = directory.resolve("HEAD");
    if (!Files.exists(head, LinkOption.NOFOLLOW_LINKS)) {
      if (Files.isDirectory(directory) && !Files.isExecutable(directory)) {
        throw new AccessDeniedException(directory.toString());
      }
      return false;
    }
    try {
      var common = commonDir(directory);
      return Files.isDirectory(common.resolve("objects"))
          && (Files.isDirectory(common.resolve("refs"))
              || Files.isDirectory(common.resolve("reftable")))
          && isHead(head);
    } catch (AccessDeniedException e) {
      throw e;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isHead(Path head) throws IOException {
    if (Files.isSymbolicLink(head)) {
      return Files.readSymbolicLink(head).toString().startsWith("refs/");
    }
    if (!Files.isRegularFile(head)) {
      return false; // opening a FIFO would block
    }
    var text = GitText.name(Files.readAllBytes(head)).trim();
    return text.startsWith("ref:") && text.substring(4).trim().startsWith("refs/")
        || text.matches("[0-9a-f]{40}([0-9a-f]{24})?");
  }

  private static Path real(Path path) throws IOException {
    return path == null ? null : Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
  }

  private static GitVanException notFound(Path path, String why) {
    return GitVanException.of(
        Codes.REPO_NOT_FOUND,
        path.toString(),
        why,
        "Run it in a Git repository, or pass one with --repo.");
  }
}
