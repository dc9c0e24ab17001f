package dev.gitvan.config.internal;

import dev.gitvan.config.Section;
import dev.gitvan.config.Setting;
import dev.gitvan.config.SettingType;
import dev.gitvan.config.internal.setting.Sections;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Sections with settings of every type, as GitVan's bundles and a plugin contribute them. */
final class TestSections {
  enum Durability {
    PROCESS,
    POWER
  }

  private static final Section.Builder QUEUE =
      Section.named("queue", "Waiting runs.").group("rate", "Runs in a period.");
  static final Setting<Integer> CONCURRENCY = QUEUE.wholeNumber("concurrency", 1, 64, 4, "Runs.");
  static final Setting<Integer> RATE_LIMIT =
      QUEUE.wholeNumber("rate.limit", 1, 1000, 100, "Runs in one period.");
  static final Setting<Integer> CAPACITY =
      QUEUE.userOnly().wholeNumber("capacity", 1, 1000, 100, "Waiting runs.");

  private static final Section.Builder TEMPLATES = Section.named("templates", "Templates.");
  static final Setting<String> DIR =
      TEMPLATES.add(
          "dir",
          SettingType.string(
              Pattern.compile("(?!/)(?!(?:.*/)?\\.\\.?(?:/|$)).+"), "a folder below the worktree"),
          ".gitvan/templates",
          "The folder.");
  static final Setting<Boolean> STRICT = TEMPLATES.flag("strict", true, "Whether it is strict.");
  static final Setting<Long> MAX_OUTPUT =
      TEMPLATES.size("max-output", 1L << 10, 4L << 30, 64L << 20, "Maximum size.");
  static final Setting<List<String>> ENV =
      TEMPLATES.add(
          "env",
          SettingType.list(SettingType.string(Pattern.compile("[A-Z]+"), "the name of a variable")),
          List.of(),
          "Variables.");

  private static final Section.Builder EVENTS = Section.named("events", "Events.");
  static final Setting<Duration> POLL =
      EVENTS.duration(
          "poll",
          Duration.ofMillis(50),
          Duration.ofHours(1),
          Duration.ofMillis(1500),
          "Polling interval.");

  private static final Section.Builder FILES = Section.named("files", "Files.");
  static final Setting<Long> RATE =
      FILES.add("rate", SettingType.rate(1L << 10, 1L << 40), 0L, "Bytes per second.");

  private static final Section.Builder GIT = Section.named("git", "Git.");
  static final Setting<Durability> DURABILITY =
      GIT.add(
          "durability",
          SettingType.choice(Durability.class),
          Durability.PROCESS,
          "What is synced.");

  private static final Section.Builder DAEMON = Section.named("daemon", "Daemon.").userOnly();
  static final Setting<Integer> WORKERS = DAEMON.wholeNumber("workers", 1, 64, 4, "Threads.");

  private static final Section.Builder GREETING = Section.named("org.example.greeting", "Hello.");
  static final Setting<Boolean> LOUD = GREETING.flag("loud", false, "Whether to shout.");

  static final Section PLUGIN = GREETING.build();
  static final Section[] BUILT_IN = {
    QUEUE.build(), TEMPLATES.build(), EVENTS.build(), FILES.build(), GIT.build(), DAEMON.build()
  };

  private TestSections() {}

  /** GitVan's sections, and one of a plugin. */
  static Sections withPlugin(long revision) {
    return new Sections(List.of(BUILT_IN), List.of(PLUGIN), Set.of(), revision);
  }
}
