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
 * Finds the jobs that a worktree itself defines, such as in files. Register it as a service. Its
 * jobs hide bundles' jobs of the same name. Safe for any thread.
 */
@ConsumerType
public interface JobSource {
  /**
   * The jobs as they are defined now. Cheap when nothing has changed.
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

  /** A job that was found: a sound one, or one with a problem. */
  sealed interface Found {
    /** Its name. */
    String name();

    /** A job that can run. */
    record Sound(JobDefinition definition, Job body) implements Found {
      @Override
      public String name() {
        return definition.name();
      }
    }

    /** A job whose definition is wrong; running it gives the first problem. */
    record Broken(String name, JobOrigin origin, List<Problem> problems) implements Found {
      public Broken {
        problems = List.copyOf(problems);
        if (problems.isEmpty()) {
          throw new IllegalArgumentException("broken, but nothing is wrong: " + name);
        }
      }
    }
  }
}
