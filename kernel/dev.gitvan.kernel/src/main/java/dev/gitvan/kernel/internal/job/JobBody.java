package dev.gitvan.kernel.internal.job;

import dev.gitvan.config.Configuration;
import dev.gitvan.extension.Extension.Answer;
import dev.gitvan.job.spi.JobContext;
import dev.gitvan.job.spi.JobResult;
import dev.gitvan.job.spi.StagingNeed;
import dev.gitvan.kernel.internal.Hold;
import dev.gitvan.kernel.internal.Plugin;
import java.util.List;

/** What runs a job: the way to call it, and what to do when it does not end. */
public interface JobBody {
  /** Calls it on this thread; see {@link Plugin#call}. */
  Answer<JobResult> run(JobContext context);

  /**
   * As {@link dev.gitvan.job.spi.Job#needs}.
   *
   * @throws RuntimeException what it threw
   */
  List<StagingNeed> needs(Configuration configuration);

  /**
   * Keeps it callable, also when it is withdrawn meanwhile.
   *
   * @return null when it is not callable here any more
   */
  Hold hold();

  /** Id of the contributing bundle. */
  long bundleId();

  /** Whether it is still what the registry would give for the name. */
  boolean isCurrent();

  /** Who is at fault when it does not end, for people. */
  String contributor();

  /** Refuses it, and what came with it, from now on. */
  void quarantine(String reason);
}
