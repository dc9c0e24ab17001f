package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** Turns what a user names into object ids. */
public final class Revisions {
  private final Repository repository;

  public Revisions(Repository repository) {
    this.repository = repository;
  }

  /**
   * The object that a revision names, which exists.
   *
   * @throws GitVanException {@code OBJECT_NOT_FOUND}, {@code OBJECT_AMBIGUOUS}, {@code
   *     ARG_LOOKS_LIKE_OPTION}
   */
  public ObjectId id(String revision) {
    if (revision.startsWith("-")) {
      throw GitVanException.of(
          Codes.ARG_LOOKS_LIKE_OPTION,
          revision,
          "a revision cannot begin with `-`",
          "Use a commit, branch or tag.");
    }
    try {
      var id = revision.isBlank() ? null : repository.resolve(revision);
      if (id == null || !repository.getObjectDatabase().has(id)) {
        throw notFound(revision, null);
      }
      return id;
    } catch (IllegalArgumentException e) {
      throw notFound(revision, e);
    } catch (IOException e) {
      throw GitFailure.of(e, revision);
    }
  }

  private static GitVanException notFound(String revision, Exception cause) {
    return new GitVanException(
        new dev.gitvan.diagnostics.Problem(
            Codes.OBJECT_NOT_FOUND,
            revision,
            "there is no such object or revision",
            "See `git log` and `git branch -a`."),
        cause);
  }
}
