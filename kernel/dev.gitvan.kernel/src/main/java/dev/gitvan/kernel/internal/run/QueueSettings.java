package dev.gitvan.kernel.internal.run;

import dev.gitvan.config.Section;
import dev.gitvan.config.Setting;
import dev.gitvan.config.SettingType;
import java.time.Duration;
import java.util.regex.Pattern;

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

  static final Setting<String> STORE =
      QUEUE
          .userOnly()
          .add(
              "store",
              SettingType.string(Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*"), "a name"),
              LocalRunStore.NAME,
              "Name of the run store, which keeps accepted runs and their keys.");
  static final Setting<Integer> CAPACITY =
      QUEUE.wholeNumber(
          "capacity",
          1,
          1_000_000,
          10_000,
          "Maximum number of waiting runs; more are refused with QUEUE_FULL.");

  static final Section SECTION = QUEUE.build();

  private QueueSettings() {}
}
