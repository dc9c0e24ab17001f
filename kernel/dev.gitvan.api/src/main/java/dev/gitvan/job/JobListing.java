package dev.gitvan.job;

import dev.gitvan.diagnostics.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A job in a list.
 *
 * @param definition the definition that runs; null when {@code problem} says why there is none
 * @param hidden origins of the same name that do not run because this one hides them
 * @param problem what is wrong with the definition; null when nothing is
 */
public record JobListing(
    String name, JobDefinition definition, List<JobOrigin> hidden, Problem problem) {
  public JobListing {
    hidden = List.copyOf(hidden);
  }

  /** Whether it can run. */
  public boolean isValid() {
    return problem == null;
  }

  /** The definition, if it is valid. */
  public Optional<JobDefinition> valid() {
    return Optional.ofNullable(definition);
  }
}
