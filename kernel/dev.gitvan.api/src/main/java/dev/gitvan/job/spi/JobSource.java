package dev.gitvan.job.spi;

import dev.gitvan.config.Configuration;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobOrigin;
import dev.gitvan.repository.WorktreeId;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Finds the jobs that a worktree defines, for example in files. Register it as a service. Its jobs
 * hide jobs of bundles with the same name. Safe for any thread.
 */
@ConsumerType
public interface JobSource {
  /**
   * Returns the current jobs. Cheap if nothing has changed.
   *
   * @param configuration the worktree's
   * @throws dev.gitvan.diagnostics.GitVanException when no job can be read
   */
  List<Found> jobs(WorktreeId worktree, Configuration configuration);

  /**
   * One job, for callers that need no other: the same as in {@link #jobs}. Sources of many jobs
   * read only the file of this one.
   *
   * @param configuration the worktree's
   * @throws dev.gitvan.diagnostics.GitVanException as {@link #jobs}
   */
  default Optional<Found> find(WorktreeId worktree, Configuration configuration, String name) {
    return jobs(worktree, configuration).stream()
        .filter(found -> found.name().equals(name))
        .findFirst();
  }

  /** A job that was found, valid or not. */
  sealed interface Found {
    /** The job's name. */
    String name();

    /** A valid job. */
    record Valid(JobDefinition definition, Job body) implements Found {
      @Override
      public String name() {
        return definition.name();
      }
    }

    /** An invalid job; running it reports the first problem. */
    record Invalid(String name, JobOrigin origin, List<Problem> problems) implements Found {
      public Invalid {
        problems = List.copyOf(problems);
        if (problems.isEmpty()) {
          throw new IllegalArgumentException("invalid job without a problem: " + name);
        }
      }
    }
  }
}
