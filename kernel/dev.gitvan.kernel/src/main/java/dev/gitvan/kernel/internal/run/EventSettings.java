package dev.gitvan.kernel.internal.run;

import dev.gitvan.config.Section;
import dev.gitvan.config.Setting;
import java.time.Duration;

/** The section {@code events} of the configuration. */
final class EventSettings {
  private static final Section.Builder EVENTS =
      Section.named("events", "Git events and schedules that start jobs.");

  static final Setting<Duration> POLL =
      EVENTS.duration(
          "poll",
          Duration.ofMillis(50),
          Duration.ofHours(1),
          Duration.ofMillis(1500),
          "Polling interval for refs when file watching is unavailable.");
  static final Setting<Duration> LOOKBACK =
      EVENTS.duration(
          "lookback",
          Duration.ofSeconds(1),
          Duration.ofDays(30),
          Duration.ofDays(7),
          "Maximum age of a missed event or schedule that still starts its job.");
  static final Setting<Integer> MAX_PER_TICK =
      EVENTS.wholeNumber("max-per-tick", 1, 10_000, 50, "Maximum number of events per poll.");

  static final Section SECTION = EVENTS.build();

  private EventSettings() {}
}
