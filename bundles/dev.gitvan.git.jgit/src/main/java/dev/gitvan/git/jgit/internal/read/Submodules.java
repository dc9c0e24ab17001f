package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.refs.RefFiles;
import dev.gitvan.git.jgit.internal.settings.Opened;
import dev.gitvan.git.jgit.internal.settings.Settings;
import dev.gitvan.git.jgit.internal.settings.UserSettings;
import dev.gitvan.git.jgit.internal.worktree.IndexEntry;
import dev.gitvan.git.jgit.internal.worktree.IndexFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The submodules of a worktree, compared with its index as {@code git status} does (git:diff-lib.c,
 * submodule.c), without running {@code git} in them. Safe for any thread.
 */
final class Submodules {
  private static final String FILE = ".gitmodules";

  /** Values of {@code submodule.<name>.ignore}: what does not count as a change. */
  private enum Ignore {
    NONE,
    UNTRACKED,
    DIRTY,
    ALL
  }

  private final Opened opened;
  private final Settings settings;
  private final IndexFile index;
  private final boolean countsUntracked;
  private final Set<Path> enclosing;
  private Map<String, Ignore> ignores;

  /**
   * @param countsUntracked whether untracked content is a change where no setting decides
   * @param enclosing Git directories of the repositories that this one is a submodule of
   */
  Submodules(
      Opened opened,
      Settings settings,
      IndexFile index,
      boolean countsUntracked,
      Set<Path> enclosing) {
    this.opened = opened;
    this.settings = settings;
    this.index = index;
    this.countsUntracked = countsUntracked;
    this.enclosing = new HashSet<>(enclosing);
    this.enclosing.add(opened.worktree().gitDir());
  }

  /**
   * Whether a submodule is as an index entry says.
   *
   * @param gone whether its folder is known not to be there
   * @throws GitVanException {@code CONFIG_PARSE}, {@code REPO_*}
   */
  boolean isUnchanged(IndexEntry entry, boolean gone) throws IOException {
    var ignore = ignore(entry.path());
    if (ignore == Ignore.ALL) {
      return true;
    }
    var folder = opened.worktree().workTree().resolve(entry.path());
    if (gone || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    var submodule = opened.nested(folder);
    if (submodule.isEmpty()) {
      return true; // not checked out
    }
    try (var repository = submodule.get().repository()) {
      var worktree = submodule.get().worktree();
      var head = new RefFiles(worktree).head().id();
      if (head != null && !head.equals(entry.id())) {
        return false;
      }
      return ignore == Ignore.DIRTY
          || enclosing.contains(worktree.gitDir()) // its files would contain it again, without end
          || new StatusWalk(submodule.get(), ignore == Ignore.NONE, enclosing).isUnchanged(head);
    }
  }

  private synchronized Ignore ignore(String path) throws IOException {
    if (ignores == null) {
      ignores = read();
    }
    var ignore = ignores.get(path);
    if (ignore != null) {
      return ignore;
    }
    var common = settings.all().getString("diff", null, "ignoresubmodules");
    var ignoredByDefault = parse(common, "diff.ignoreSubmodules");
    if (ignoredByDefault == null || ignoredByDefault == Ignore.NONE) {
      return countsUntracked ? Ignore.NONE : Ignore.UNTRACKED;
    }
    return ignoredByDefault;
  }

  /** Paths to what their own settings ignore. */
  private Map<String, Ignore> read() throws IOException {
    var modules = UserSettings.parse(text(), FILE);
    var read = new HashMap<String, Ignore>();
    for (var name : modules.getSubsections("submodule")) {
      var path = modules.getString("submodule", name, "path");
      if (path != null) {
        var key = "submodule." + name + ".ignore";
        var own = parse(settings.all().getString("submodule", name, "ignore"), key);
        var ignore = own != null ? own : parse(modules.getString("submodule", name, "ignore"), key);
        if (ignore != null) {
          read.put(path, ignore);
        }
      }
    }
    return read;
  }

  /** The worktree's file, not followed where it is a link; without one the index's or HEAD's. */
  private String text() throws IOException {
    var file = opened.worktree().workTree().resolve(FILE);
    if (index.contains(FILE) && index.find(FILE).isEmpty()) {
      return ""; // in conflict
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
          : "";
    }
    var blob = index.find(FILE).map(IndexEntry::id).orElse(null);
    return blob(blob != null ? blob : opened.repository().resolve(Constants.HEAD + ":" + FILE));
  }

  private String blob(ObjectId id) throws IOException {
    return id == null
        ? ""
        : new String(
            opened.repository().open(id, Constants.OBJ_BLOB).getBytes(), StandardCharsets.UTF_8);
  }

  private static Ignore parse(String value, String key) {
    if (value == null) {
      return null;
    }
    try {
      return Ignore.valueOf(value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw GitVanException.of(
          Codes.CONFIG_PARSE,
          key,
          "`" + value + "` is not a value of this setting of Git",
          "Use none, untracked, dirty or all.");
    }
  }
}
