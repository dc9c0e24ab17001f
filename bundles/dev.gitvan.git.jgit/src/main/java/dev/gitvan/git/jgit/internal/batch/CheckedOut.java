package dev.gitvan.git.jgit.internal.batch;

import dev.gitvan.git.jgit.internal.text.GitText;
import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;

/**
 * The branches that worktrees have checked out, or are rebasing or bisecting, as {@code git branch}
 * looks for them before it moves or deletes one.
 */
public final class CheckedOut {
  private final Map<String, Path> branches = new HashMap<>();

  /**
   * @param bare whether the repository's own HEAD belongs to no worktree
   */
  public CheckedOut(RepositoryId repository, boolean bare) throws IOException {
    var common = repository.commonDir();
    if (!bare) {
      read(common);
    }
    var linked = common.resolve("worktrees");
    if (Files.isDirectory(linked)) {
      try (var folders = Files.newDirectoryStream(linked)) {
        for (var folder : folders) {
          read(folder);
        }
      }
    }
  }

  private void read(Path gitDir) throws IOException {
    add(first(gitDir.resolve(Constants.HEAD)).replaceFirst("^ref:\\s*", ""), gitDir);
    add(first(gitDir.resolve("rebase-merge/head-name")), gitDir);
    add(first(gitDir.resolve("rebase-apply/head-name")), gitDir);
    var bisected = first(gitDir.resolve("BISECT_START"));
    add(bisected.isEmpty() ? "" : Constants.R_HEADS + bisected, gitDir);
  }

  private void add(String branch, Path gitDir) {
    if (branch.startsWith(Constants.R_REFS)) {
      branches.putIfAbsent(branch, gitDir);
    }
  }

  private static String first(Path file) throws IOException {
    if (!file.toFile().isFile()) {
      return "";
    }
    var text = GitText.name(Files.readAllBytes(file));
    return text.substring(0, (text + "\n").indexOf('\n')).trim();
  }

  /** The Git directory of the worktree that has a branch checked out, or null. */
  public Path of(String branch) {
    return branches.get(branch);
  }
}
