package dev.gitvan.diagnostics;

import java.util.regex.Pattern;

/**
 * A stable code of problems, with the exit status of a command that ends with one. GitVan's own are
 * in {@link Codes}; bundles contribute theirs with {@link dev.gitvan.diagnostics.spi.ErrorCodes}.
 * Immutable. Codes of the same name are equal.
 */
public final class ErrorCode {
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]*");

  private final String name;
  private final int exitStatus;
  private final String meaning;
  private final boolean retryable;

  private ErrorCode(String name, int exitStatus, String meaning, boolean retryable) {
    this.name = name;
    this.exitStatus = exitStatus;
    this.meaning = meaning;
    this.retryable = retryable;
  }

  /**
   * Returns a code whose problems are not worth a retry.
   *
   * @param name an upper-case letter, then upper-case letters, digits and underscores
   * @param exitStatus a constant of {@link ExitStatus} other than {@link ExitStatus#OK}
   * @param meaning what has happened, as one sentence or noun phrase with a full stop
   * @throws IllegalArgumentException when the name is malformed, the exit status is not one of
   *     GitVan's, or the meaning is blank or not one line
   */
  public static ErrorCode of(String name, int exitStatus, String meaning) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "'" + name + "' is not a code: use upper-case letters, digits and underscores");
    }
    if (!ExitStatus.FAILURES.contains(exitStatus)) {
      throw new IllegalArgumentException(
          name + ": " + exitStatus + " is not an exit status of GitVan's failures");
    }
    if (meaning.isBlank() || meaning.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(name + ": the meaning is not a line of text");
    }
    return new ErrorCode(name, exitStatus, meaning, false);
  }

  /**
   * Returns a code that was read from a record, such as a receipt, and is not known here: its
   * bundle may be gone. Its exit status is {@link ExitStatus#FAILED}, and it is not retryable.
   *
   * @throws IllegalArgumentException when the name is malformed
   */
  public static ErrorCode unknown(String name) {
    return of(name, ExitStatus.FAILED, "A code that no installed bundle contributes.");
  }

  /** Whether a string has the form of a code's name. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * This code, with problems that by default are worth a retry or not: whether the same call may
   * succeed when it is repeated unchanged.
   */
  public ErrorCode withRetry(boolean worthwhile) {
    return new ErrorCode(name, exitStatus, meaning, worthwhile);
  }

  /** The name, as users see it. */
  public String name() {
    return name;
  }

  /** The exit status of a command that ends with a problem of this code. */
  public int exitStatus() {
    return exitStatus;
  }

  /** What has happened, as one sentence or noun phrase. */
  public String meaning() {
    return meaning;
  }

  /** Whether the same call may succeed when it is repeated unchanged, unless a problem differs. */
  public boolean retryable() {
    return retryable;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ErrorCode code && name.equals(code.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
