package dev.gitvan.git.jgit.internal.settings;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Config;

/**
 * Git's {@code safe.directory} check: a repository that belongs to another user is not opened
 * unless the user's own configuration says so. JGit has no such check.
 */
public final class Ownership {
  private final Supplier<Optional<Integer>> self;
  private final UserSettings user;

  /**
   * @param self this process's user id; empty where there are none
   */
  public Ownership(UserSettings user, Supplier<Optional<Integer>> self) {
    this.user = user;
    this.self = self;
  }

  /** This process's user id, as the owner of what it creates. */
  public static Optional<Integer> processUser() {
    var proc = Path.of("/proc/self");
    if (Files.isDirectory(proc)) {
      return owner(proc, false);
    }
    try {
      var probe = Files.createTempFile("gitvan", ".uid");
      var owner = owner(probe, true);
      Files.delete(probe);
      return owner;
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * @param gitFile a linked worktree's {@code .git} file, or null
   * @throws GitVanException {@code REPO_NOT_TRUSTED}
   */
  void check(WorktreeId found, Path gitFile, Config users) {
    var me = self.get();
    if (me.isEmpty()) {
      return;
    }
    boolean mine =
        Stream.of(gitFile, found.workTree(), found.gitDir())
            .filter(java.util.Objects::nonNull)
            .allMatch(path -> isMine(path, me.get()));
    var named = found.root().orElse(found.gitDir());
    if (!mine && !isSafe(named, users)) {
      throw GitVanException.of(
          Codes.REPO_NOT_TRUSTED,
          named.toString(),
          "the repository belongs to another user",
          "If you trust it, run `git config --global --add safe.directory " + named + "`.");
    }
  }

  private boolean isMine(Path path, int me) {
    var owner = owner(path, true);
    if (owner.isEmpty()) {
      return false;
    }
    // As git does for `sudo git`: root may use what belongs to the user who called sudo.
    return owner.get() == me
        || me == 0
            && user.variable("SUDO_UID")
                .filter(id -> id.equals(owner.get().toString()))
                .isPresent();
  }

  private boolean isSafe(Path directory, Config users) {
    boolean safe = false;
    for (var value : users.getStringList("safe", null, "directory")) {
      if (value == null || value.isEmpty()) {
        safe = false;
      } else if (value.equals("*")) {
        safe = true;
      } else if (value.endsWith("/*")) {
        safe |= directory.startsWith(real(value.substring(0, value.length() - 2)));
      } else {
        safe |= directory.equals(real(value));
      }
    }
    return safe;
  }

  private Path real(String value) {
    var path = ConfigFiles.expand(value, user.home(), Path.of("/"));
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }

  private static Optional<Integer> owner(Path path, boolean itself) {
    try {
      var options = itself ? new LinkOption[] {LinkOption.NOFOLLOW_LINKS} : new LinkOption[0];
      return Optional.of((Integer) Files.getAttribute(path, "unix:uid", options));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
