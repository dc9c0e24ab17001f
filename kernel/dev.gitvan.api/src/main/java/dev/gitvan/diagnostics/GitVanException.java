package dev.gitvan.diagnostics;

import java.util.Objects;

/** A {@link Problem} as an exception. Every GitVan service throws it for expected failures. */
public class GitVanException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public GitVanException(Problem problem) {
    this(problem, null);
  }

  /**
   * @param cause the underlying exception, printed with {@code -v}; null if there is none
   */
  public GitVanException(Problem problem, Throwable cause) {
    super(Objects.requireNonNull(problem, "problem").toString(), cause);
    this.problem = problem;
  }

  /** Shorthand for {@code new Problem(code, place, what, remedy).toException()}. */
  public static GitVanException of(ErrorCode code, String place, String what, String remedy) {
    return new GitVanException(new Problem(code, place, what, remedy));
  }

  public Problem problem() {
    return problem;
  }

  public ErrorCode code() {
    return problem.code();
  }
}
