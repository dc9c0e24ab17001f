package dev.gitvan.git.jgit.internal.settings;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;

/** Turns JGit's exceptions into problems that a user can act on. */
public final class GitFailure {
  private GitFailure() {}

  /**
   * @param place the revision, object or file that it was about
   */
  public static GitVanException of(IOException failure, String place) {
    if (failure instanceof AmbiguousObjectException ambiguous) {
      return new Problem(
              Codes.OBJECT_AMBIGUOUS,
              place,
              "it matches " + ambiguous.getCandidates().size() + " objects",
              "Use more digits of the id.")
          .toException(failure);
    }
    if (failure instanceof MissingObjectException
        || failure instanceof IncorrectObjectTypeException) {
      return new Problem(
              Codes.OBJECT_NOT_FOUND,
              place,
              failure.getMessage(),
              "If the clone is partial or shallow, fetch what is missing.")
          .toException(failure);
    }
    if (failure instanceof CorruptObjectException) {
      return new Problem(
              Codes.IO_ERROR, place, failure.getMessage(), "Run `git fsck` in the repository.")
          .toException(failure);
    }
    return FileProblem.of(failure, Path.of(place.isEmpty() ? "." : place)).toException(failure);
  }
}
