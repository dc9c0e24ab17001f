package dev.gitvan.kernel.internal.run;

import dev.gitvan.config.Section;
import dev.gitvan.config.Setting;
import java.time.Duration;

/** The section {@code queue} of the configuration. */
final class QueueSettings {
  private static final Section.Builder QUEUE =
      Section.named("queue", "Runs that wait for a worker.")
          .group("rate", "How many runs may start in a period.");

  static final Setting<Integer> CONCURRENCY =
      QUEUE.wholeNumber(
          "concurrency", 1, 64, 4, "Maximum number of concurrent runs of this repository.");
  static final Setting<Integer> RATE_LIMIT =
      QUEUE.wholeNumber(
          "rate.limit", 1, 1_000_000, 100, "Maximum number of runs that start in one period.");
  static final Setting<Duration> RATE_PER =
      QUEUE.duration(
          "rate.per",
          Duration.ofMillis(1),
          Duration.ofDays(1),
          Duration.ofSeconds(1),
          "Length of the period.");

  static final Setting<Integer> CAPACITY =
      QUEUE
          .userOnly()
          .wholeNumber(
              "capacity",
              1,
              1_000_000,
              10_000,
              "Maximum number of waiting runs; more are refused with QUEUE_FULL.");

  static final Section SECTION = QUEUE.build();

  private QueueSettings() {}
}
