package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.Git;
import dev.gitvan.job.Artifact;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.template.Templates.Overwrite;
import java.util.HashSet;
import java.util.Set;

/**
 * Protects files whose content is nowhere else: neither committed, nor written by an earlier run.
 * As for {@code git checkout}, ignored files may be lost. Safe for any thread.
 */
final class OverwriteGuard {
  private final Git git;
  private final WorktreeId worktree;
  private final WrittenOutputs written;

  /** Read once: outputs are written within moments, and each to a file of its own. */
  private Set<String> uncommitted;

  /**
   * @param git null: nothing reads Git repositories, and nothing is protected
   */
  OverwriteGuard(Git git, WorktreeId worktree) {
    this.git = git;
    this.worktree = worktree;
    this.written = new WrittenOutputs(worktree);
  }

  /**
   * Checks that a file may be replaced.
   *
   * @throws GitVanException {@code REPO_DIRTY}
   */
  void check(OutputFile file, Overwrite overwrite) {
    if (git == null || overwrite == Overwrite.ANY) {
      return;
    }
    var path = file.path().toString();
    var sum = file.sum();
    if (sum.isPresent() && !written.contains(path, sum.get()) && isUncommitted(path)) {
      throw GitVanException.of(
          Codes.REPO_DIRTY,
          path,
          "it has content that is neither committed nor written by GitVan",
          "Commit it, or replace it with force: overwrite in the step, --force on the command line.");
    }
  }

  /** Remembers an output, right before it gets its name. */
  void written(Artifact output) {
    written.add(output);
  }

  private synchronized boolean isUncommitted(String path) {
    if (uncommitted == null) {
      try (var repository = git.open(worktree)) {
        var status = repository.status();
        uncommitted = new HashSet<>(status.staged());
        uncommitted.addAll(status.unstaged());
        uncommitted.addAll(status.untracked());
        uncommitted.addAll(status.conflicted());
      }
    }
    if (uncommitted.contains(path)) {
      return true;
    }
    // A repository in the worktree is one untracked path.
    for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
      if (uncommitted.contains(path.substring(0, i + 1))) {
        return true;
      }
    }
    return false;
  }
}
