package dev.gitvan.git;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import java.util.Optional;

/**
 * A ref did not have the value that a batch expected, so no ref has moved. The code distinguishes
 * the cases.
 */
public class RefMovedException extends GitVanException {
  private static final long serialVersionUID = 1L;

  private final String ref;
  private final transient Expected expected;
  private final String actual;

  /**
   * @param actual the object that the ref points to; null if there is no such ref
   */
  public RefMovedException(Problem problem, String ref, Expected expected, String actual) {
    super(problem);
    this.ref = ref;
    this.expected = expected;
    this.actual = actual;
  }

  /** The full name of the ref. */
  public String ref() {
    return ref;
  }

  /** The expected value. */
  public Expected expected() {
    return expected;
  }

  /** The object that the ref points to; empty if there is no such ref. */
  public Optional<String> actual() {
    return Optional.ofNullable(actual);
  }
}
