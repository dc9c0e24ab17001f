package dev.gitvan.git.jgit.internal.settings;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.repository.WorktreeId;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jgit.lib.Config;

/** Refuses repository formats that cannot be written safely, by name. */
final class RepositoryFormat {
  /** Extensions that change nothing for us. */
  private static final Set<String> KNOWN =
      Set.of(
          "noop",
          "noop-v1",
          "preciousobjects",
          "partialclone",
          "worktreeconfig",
          "relativeworktrees");

  private RepositoryFormat() {}

  /**
   * @throws GitVanException {@code REPO_UNSUPPORTED}
   */
  static void check(WorktreeId worktree, Config config) {
    int version = number(config.getString("core", null, "repositoryformatversion"), worktree);
    if (version > 1) {
      throw unsupported(worktree, "repository format version " + version);
    }
    var hash = config.getString("extensions", null, "objectformat");
    if (hash != null && !hash.equalsIgnoreCase("sha1")) {
      throw unsupported(worktree, "object format " + hash);
    }
    var refs = config.getString("extensions", null, "refstorage");
    if (refs != null && !refs.equalsIgnoreCase("files")) {
      throw unsupported(worktree, "ref storage " + refs);
    }
    if (version < 1) {
      return;
    }
    for (var name : config.getNames("extensions")) {
      var extension = name.toLowerCase(Locale.ROOT);
      if (!KNOWN.contains(extension)
          && !extension.equals("objectformat")
          && !extension.equals("refstorage")) {
        throw unsupported(worktree, "extension " + extension);
      }
    }
  }

  private static int number(String value, WorktreeId worktree) {
    try {
      return value == null ? 0 : Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      throw unsupported(worktree, "repository format version " + value);
    }
  }

  private static GitVanException unsupported(WorktreeId worktree, String what) {
    return GitVanException.of(
        Codes.REPO_UNSUPPORTED,
        worktree.toString(),
        "GitVan does not support " + what,
        "Use the git command for it, or a repository in Git's standard format.");
  }
}
