package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.command.Caller;
import dev.gitvan.git.jgit.internal.command.GitCall;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.command.GitOutput;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import dev.gitvan.git.jgit.internal.settings.Opened;
import dev.gitvan.git.jgit.internal.settings.Settings;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * An open repository as somebody sees it, by JGit and by the {@code git} command. Safe for any
 * thread.
 *
 * @param opened what JGit has open
 * @param caller for whom the {@code git} command works
 * @param objects keeps what was read
 */
public record View(Opened opened, GitCommand git, Caller caller, ObjectCache objects) {
  /** JGit's repository. */
  public Repository repository() {
    return opened.repository();
  }

  /** A reader that keeps the commits it reads. The caller closes it. */
  ObjectReader commitReader() {
    // The cache has what is stored: replacements may change.
    var stored = repository().getObjectDatabase().newReader();
    return opened.repository().reading(new CachedCommits(stored, objects, worktree().repository()));
  }

  public WorktreeId worktree() {
    return opened.worktree();
  }

  /** Git's configuration as it is now. */
  public Settings settings() {
    return opened.settings();
  }

  /** Turns what is named into ids. */
  public Revisions revisions() {
    return new Revisions(repository());
  }

  /**
   * The commit that a revision leads to.
   *
   * @throws GitVanException {@code OBJECT_*}, {@code ARG_LOOKS_LIKE_OPTION}
   */
  public ObjectId commit(String revision) {
    try (var walk = new RevWalk(repository())) {
      return walk.parseCommit(revisions().id(revision)).copy();
    } catch (IOException e) {
      throw GitFailure.of(e, revision);
    }
  }

  /** Runs {@code git} here. */
  public GitOutput run(GitCall call) {
    return git.run(worktree(), settings(), caller, call);
  }

  /** Runs {@code git} here, whatever its status. */
  public GitOutput tried(GitCall call) {
    return git.tried(worktree(), settings(), caller, call);
  }

  /**
   * @throws GitVanException {@code REPO_BARE}
   */
  public void requireWorktree() {
    if (worktree().isBare()) {
      throw GitVanException.of(
          Codes.REPO_BARE,
          worktree().toString(),
          "a bare repository has no files",
          "Run it in a worktree: `git worktree add DIR`.");
    }
  }
}
