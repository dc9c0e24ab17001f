package dev.gitvan.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A run that was accepted. Safe for any thread. */
@ProviderType
public interface JobRun {
  /** Its id: a ULID, sortable by the time of acceptance. */
  String id();

  /** The definition it runs. */
  JobDefinition definition();

  /** Whether it is a dry run. */
  boolean dryRun();

  /** Whether the key was known: this is an earlier run, and nothing was started. */
  boolean existing();

  /**
   * Its receipt, once it has ended. For dry runs and refused runs too, though it is not written.
   */
  Optional<Receipt> receipt();

  /** Whether its receipt is in Git: not before its end, not of a dry run, not when that failed. */
  default boolean isRecorded() {
    return receipt().isPresent() && !dryRun();
  }

  /**
   * Waits for its end.
   *
   * @return the receipt; empty when the time ran out first
   * @throws InterruptedException when the waiting thread is interrupted; the run goes on
   */
  Optional<Receipt> await(Duration limit) throws InterruptedException;

  /** Cancels it if it has not ended; its end is to be waited for all the same. */
  void cancel(String reason);

  /**
   * What was thrown where it failed, for {@code -v}; empty when nothing was, or it is not known.
   */
  default Optional<Throwable> failure() {
    return Optional.empty();
  }

  /** The runs of the definition's {@code then}, once it has ended well; in order. */
  List<JobRun> followUps();
}
