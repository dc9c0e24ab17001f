package dev.gitvan.job;

import dev.gitvan.diagnostics.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A job in a list.
 *
 * @param definition the definition that runs; null when {@code problems} say why there is none
 * @param hidden origins of the same name that do not run because this one hides them
 * @param problems everything that is wrong with the definition, by place; empty when nothing is
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
   * @param problem null when nothing is wrong
   */
  public JobListing(
      String name, JobDefinition definition, List<JobOrigin> hidden, Problem problem) {
    this(name, definition, hidden, problem == null ? List.of() : List.of(problem));
  }

  /** The first problem: what running the job gives; null when nothing is wrong. */
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
