package dev.gitvan.git.jgit.internal.settings;

import dev.gitvan.git.jgit.internal.text.GitText;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Config;

/**
 * Git's configuration as one worktree sees it, read as {@code git config} reads it: system, user,
 * repository, worktree, environment. Immutable; {@link #isCurrent} shows whether to read it again.
 */
public final class Settings {
  private final UserSettings user;
  private final WorktreeId worktree;
  private final Config own;
  private final Config all;
  private final Map<Path, ConfigFiles.Stamp> stamps;
  private final String branch;
  private final long readAt;

  private Settings(
      UserSettings user,
      WorktreeId worktree,
      Config own,
      Config all,
      Map<Path, ConfigFiles.Stamp> stamps,
      String branch,
      long readAt) {
    this.user = user;
    this.worktree = worktree;
    this.own = own;
    this.all = all;
    this.stamps = stamps;
    this.branch = branch;
    this.readAt = readAt;
  }

  /**
   * Reads the configuration.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code CONFIG_PARSE}, {@code ACCESS_DENIED}
   */
  public static Settings read(UserSettings user, WorktreeId worktree) {
    long now = System.currentTimeMillis() * 1_000_000L;
    var branch = branch(worktree.gitDir());
    var file = worktree.repository().commonDir().resolve("config");
    // Conditions on remotes look at the repository's own file, read without its conditions.
    var plain =
        UserSettings.parse(
            new ConfigFiles(user.home(), c -> false).read(file).text(), file.toString());
    var matcher = new IncludeConditions(worktree.gitDir(), branch, user.home(), plain);
    var users = user.read(matcher);
    var repository = new ConfigFiles(user.home(), matcher).read(file);
    var stamps = new LinkedHashMap<>(users.stamps());
    if (UserSettings.parse(repository.text(), file.toString())
        .getBoolean("extensions", null, "worktreeconfig", false)) {
      repository.read(worktree.gitDir().resolve("config.worktree"));
    }
    stamps.putAll(repository.stamps());
    var name = user.home().resolve(".gitconfig").toString();
    var own = UserSettings.parse(users.text() + user.command(), name);
    var all =
        UserSettings.parse(users.text() + repository.text() + user.command(), file.toString());
    return new Settings(user, worktree, own, all, stamps, branch, now);
  }

  /** Whether every file is as it was read, and HEAD is on the same branch. */
  public boolean isCurrent() {
    for (var entry : stamps.entrySet()) {
      if (!entry.getValue().equals(ConfigFiles.Stamp.of(entry.getKey()))) {
        return false;
      }
      // Changed again within the clock's tick in which it was read, a file would look the same.
      if (entry.getValue().modified() > readAt - 20_000_000L) {
        return false;
      }
    }
    return branch.equals(branch(worktree.gitDir()));
  }

  /** The effective configuration. */
  public Config all() {
    return all;
  }

  /** Without what the repository says: the only place for programs to run. */
  public Config users() {
    return own;
  }

  /** A path value, {@code ~/} expanded, relative ones below the worktree. */
  public Optional<Path> path(String section, String name) {
    var value = all.getString(section, null, name);
    if (value == null || value.isEmpty()) {
      return Optional.empty();
    }
    var base = worktree.root().orElse(worktree.gitDir());
    return Optional.of(ConfigFiles.expand(value, user.home(), base));
  }

  /** The user's part of it. */
  public UserSettings user() {
    return user;
  }

  private static String branch(Path gitDir) {
    try {
      var head = GitText.name(Files.readAllBytes(gitDir.resolve("HEAD"))).trim();
      return head.startsWith("ref: refs/heads/") ? head.substring("ref: refs/heads/".length()) : "";
    } catch (IOException e) {
      return "";
    }
  }
}
