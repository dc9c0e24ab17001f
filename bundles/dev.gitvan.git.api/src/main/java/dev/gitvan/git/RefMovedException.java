package dev.gitvan.git;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import java.util.Optional;

/** A ref was not what a batch expected, so no ref has moved. Its code tells which case it is. */
public class RefMovedException extends GitVanException {
  private static final long serialVersionUID = 1L;

  private final String ref;
  private final transient Expected expected;
  private final String actual;

  /**
   * @param actual the object that the ref names; null when there is no such ref
   */
  public RefMovedException(Problem problem, String ref, Expected expected, String actual) {
    super(problem);
    this.ref = ref;
    this.expected = expected;
    this.actual = actual;
  }

  /** The ref's full name. */
  public String ref() {
    return ref;
  }

  /** What it should have been. */
  public Expected expected() {
    return expected;
  }

  /** The object that it names; empty when there is no such ref. */
  public Optional<String> actual() {
    return Optional.ofNullable(actual);
  }
}
