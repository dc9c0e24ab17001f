package dev.gitvan.shell.internal.verbs;

import dev.gitvan.job.JobDefinition;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is checked and shown but has no effect in this version: it needs the daemon, or the shims
 * that let Git call GitVan.
 */
final class Inactive {
  private static final String NO_EFFECT = " no effect yet: ";

  private Inactive() {}

  /** Says that nothing starts a job by itself; empty if it has no triggers. */
  static Optional<String> triggers(JobDefinition job) {
    return job.on().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the triggers of "
                + job.name()
                + " have"
                + NO_EFFECT
                + "start it with gitvan run "
                + job.name());
  }

  /** Says that nothing calls the hooks of {@code gitvan.yaml}; empty if there are none. */
  static Optional<String> hooks(Collection<String> points) {
    return points.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "hooks ("
                + String.join(", ", points)
                + ") have"
                + NO_EFFECT
                + "neither Git nor GitVan calls them");
  }

  /** All of a repository. */
  static Stream<String> all(Stream<JobDefinition> jobs, Collection<String> points) {
    return Stream.concat(hooks(points).stream(), jobs.flatMap(job -> triggers(job).stream()));
  }
}
