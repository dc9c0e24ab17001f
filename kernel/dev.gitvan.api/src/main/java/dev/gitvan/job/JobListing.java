package dev.gitvan.job;

import dev.gitvan.diagnostics.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A job and its validity.
 *
 * @param definition the definition that runs; null if {@code problems} is not empty
 * @param hidden origins of jobs with the same name that are hidden by this one
 * @param problems every error in the definition, by location; empty if it is valid
 */
public record JobListing(
    String name, JobDefinition definition, List<JobOrigin> hidden, List<Problem> problems) {
  public JobListing {
    hidden = List.copyOf(hidden);
    problems = List.copyOf(problems);
  }

  /**
   * A listing with at most one problem.
   *
   * @param problem null if the definition is valid
   */
  public JobListing(
      String name, JobDefinition definition, List<JobOrigin> hidden, Problem problem) {
    this(name, definition, hidden, problem == null ? List.of() : List.of(problem));
  }

  /** The first problem, which running the job reports; null if the definition is valid. */
  public Problem problem() {
    return problems.isEmpty() ? null : problems.get(0);
  }

  /** Whether it can run. */
  public boolean isValid() {
    return problems.isEmpty();
  }

  /** The definition, if it is valid. */
  public Optional<JobDefinition> valid() {
    return Optional.ofNullable(definition);
  }
}
