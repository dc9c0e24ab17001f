package dev.gitvan.job;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs jobs: a bounded queue by priority, a pool of workers, deadlines, retries, gates, and one
 * transaction on Git per run. An order is validated, then accepted by the {@linkplain
 * dev.gitvan.job.spi.RunStore run store}, then dispatched. Safe for any thread.
 */
@ProviderType
public interface JobRunner {
  /**
   * Accepts a run and returns without waiting for it.
   *
   * @param listener receives the events of the run and of those that it leads to
   * @throws dev.gitvan.diagnostics.GitVanException if it is refused: {@code JOB_NOT_FOUND}, a
   *     problem in the definition, {@code JOB_INPUT_INVALID}, {@code KEY_CONFLICT}, {@code
   *     QUEUE_FULL}, {@code JOB_DEPTH}
   */
  JobRun submit(JobOrder order, RunListener listener);

  /** As {@link #submit(JobOrder, RunListener)}, for a caller that does not follow the run. */
  default JobRun submit(JobOrder order) {
    return submit(order, RunListener.NONE);
  }

  /**
   * The accepted run with this id: one that waits or runs, or one that has ended and that the run
   * store still has.
   */
  Optional<JobRun> find(String id);

  /**
   * The runs that wait or run, and those that have ended and that the run store still has, oldest
   * first.
   */
  List<JobRun> list();

  /**
   * Sends the events of all runs to a listener from now on.
   *
   * @return what ends it
   */
  Subscription listen(RunListener listener);

  /** Ends with {@link #close}, after which the listener receives no new events. */
  @ProviderType
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
