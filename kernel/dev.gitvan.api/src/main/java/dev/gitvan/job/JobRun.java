package dev.gitvan.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** An accepted run. Safe for any thread. */
@ProviderType
public interface JobRun {
  /** The run's id: a ULID, which sorts by the time of acceptance. */
  String id();

  /** What was ordered. */
  JobOrder order();

  /** Where it is now. */
  RunState state();

  /** Whether this is an earlier run with the same key, so that nothing was started. */
  boolean existing();

  /**
   * The receipt; empty before the run has ended. Dry runs and refused runs have one too, but it is
   * not written.
   */
  Optional<Receipt> receipt();

  /**
   * Whether the receipt has been written to Git; false before the run has ended, for dry runs, and
   * if writing failed.
   */
  default boolean isRecorded() {
    return receipt().isPresent() && !order().dryRun();
  }

  /**
   * Waits for the run to end.
   *
   * @return the receipt; empty if the limit was reached first
   * @throws InterruptedException if the waiting thread is interrupted; the run continues
   */
  Optional<Receipt> await(Duration limit) throws InterruptedException;

  /**
   * Requests cancellation and returns at once. Use {@link #await} to wait for the run to end.
   *
   * @return whether the run can be cancelled: false if it has ended, or runs in another process
   */
  boolean cancel(String reason);

  /**
   * The exception that made the run fail, for {@code -v}; empty if there is none, or it is unknown.
   */
  default Optional<Throwable> failure() {
    return Optional.empty();
  }

  /** The runs of the definition's {@code then}, in order; empty until the run has succeeded. */
  List<JobRun> followUps();
}
