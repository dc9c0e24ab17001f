package dev.gitvan.git.jgit.internal.command;

import dev.gitvan.job.Deadline;
import dev.gitvan.job.spi.JobContext;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * For whom Git works.
 *
 * @param environment the caller's, Git's own variables included
 * @param deadline when what is begun now must have ended
 * @param checkpoint throws when it is to end for another reason
 */
public record Caller(
    Map<String, String> environment, Supplier<Deadline> deadline, Runnable checkpoint) {
  /** What a reading command may take outside of any run. */
  private static final Duration READING = Duration.ofMinutes(1);

  /** A run: its environment, its deadline, its cancellation. */
  public static Caller run(JobContext run) {
    return new Caller(run.environment(), run::deadline, run::checkpoint);
  }

  /** Somebody who reads outside of any run. */
  public static Caller reader(Map<String, String> environment) {
    return new Caller(environment, () -> Deadline.in(READING), () -> {});
  }
}
