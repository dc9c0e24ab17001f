package dev.gitvan.config.internal.setting;

import dev.gitvan.config.Configuration.Durability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The table of settings. Reading, defaults, {@code config show} and the JSON Schema all come from
 * it; a new setting is a new line here.
 */
final class Settings {
  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  private static final List<Setting<?>> TABLE = new ArrayList<>();

  /** What the sections are for. */
  private static final Map<String, String> SECTIONS = new LinkedHashMap<>();

  static {
    SECTIONS.put("templates", "How templates are found and rendered.");
    SECTIONS.put("daemon", "The resident runtime.");
    SECTIONS.put("queue", "Runs that wait for a worker.");
    SECTIONS.put("queue.rate", "How fast runs may start.");
    SECTIONS.put("cache", "The cache tiers.");
    SECTIONS.put("cache.memory", "The tier in memory.");
    SECTIONS.put("cache.disk", "The tier on disk.");
    SECTIONS.put("cache.git", "The tier in the Git repository.");
    SECTIONS.put("files", "Files that templates write.");
    SECTIONS.put("git", "How GitVan writes to Git.");
  }

  static final Setting<String> TEMPLATES_DIR =
      add(
          "templates.dir",
          new Form.Text(
              Pattern.compile("(?!/)(?!(?:.*/)?\\.\\.?(?:/|$))[^\\\\\\x00-\\x1f]+"),
              "a folder below the worktree"),
          ".gitvan/templates",
          "Folder of the templates, below the worktree.");
  static final Setting<String> TEMPLATES_ENGINE =
      add(
          "templates.engine",
          new Form.Text(Pattern.compile("[a-z][a-z0-9-]*"), "an engine's name"),
          "pebble",
          "Engine of files whose extension no engine claims, and of texts.");
  static final Setting<Boolean> TEMPLATES_CACHE =
      flag("templates.cache", true, "Whether compiled templates and rendered outputs are kept.");
  static final Setting<Boolean> TEMPLATES_AUTOESCAPE =
      flag("templates.autoescape", false, "Whether output is escaped for HTML by default.");
  static final Setting<Boolean> TEMPLATES_STRICT =
      flag("templates.strict", true, "Whether an undefined variable is an error.");
  static final Setting<Long> TEMPLATES_MAX_OUTPUT =
      add(
          "templates.max-output",
          new Form.Size(KIB, 4 * GIB),
          64 * MIB,
          "Limit of one rendered output.");
  static final Setting<Integer> TEMPLATES_MAX_RANGE =
      whole("templates.max-range", 1, 10_000_000, 10_000, "Limit of the items of one range().");
  static final Setting<List<String>> TEMPLATES_ENV =
      add(
          "templates.env",
          new Form.Texts(
              new Form.Text(Pattern.compile("[A-Za-z_][A-Za-z0-9_]*"), "a variable's name")),
          List.of(),
          "Environment variables that templates may read as env.NAME.");
  static final Setting<Boolean> TEMPLATES_OWN_COMMITS =
      flag(
          "templates.own-commits",
          false,
          "Whether git.commits has the commits that GitVan itself made.");

  static final Setting<Duration> DAEMON_POLL =
      time(
          "daemon.poll",
          Duration.ofMillis(50),
          Duration.ofHours(1),
          Duration.ofMillis(1500),
          "How often refs are looked at when the file system tells nothing.");
  static final Setting<Duration> DAEMON_LOOKBACK =
      time(
          "daemon.lookback",
          Duration.ofSeconds(1),
          Duration.ofDays(30),
          Duration.ofSeconds(600),
          "How old a missed event or schedule may be and still start its job.");
  static final Setting<Integer> DAEMON_MAX_PER_TICK =
      whole("daemon.max-per-tick", 1, 10_000, 50, "Limit of the events taken up at one time.");
  static final Setting<Integer> DAEMON_WORKERS =
      whole("daemon.workers", 1, 64, 4, "Threads that run jobs.");
  static final Setting<Long> DAEMON_HEAP =
      add(
          "daemon.heap",
          new Form.Size(64 * MIB, 64 * GIB),
          256 * MIB,
          "Heap of the daemon's Java machine.");

  static final Setting<Integer> QUEUE_CAPACITY =
      whole("queue.capacity", 1, 1_000_000, 10_000, "Runs that may wait; more are refused.");
  static final Setting<Integer> QUEUE_CONCURRENCY =
      whole("queue.concurrency", 1, 64, 4, "Runs of this repository at one time.");
  static final Setting<Integer> QUEUE_RATE_LIMIT =
      whole("queue.rate.limit", 1, 1_000_000, 100, "Runs that may start in one period.");
  static final Setting<Duration> QUEUE_RATE_PER =
      time(
          "queue.rate.per",
          Duration.ofMillis(1),
          Duration.ofDays(1),
          Duration.ofSeconds(1),
          "The period of the limit.");

  static final Setting<Integer> CACHE_MEMORY_ENTRIES =
      whole("cache.memory.entries", 1, 10_000_000, 1000, "Entries of one cache in memory.");
  static final Setting<Duration> CACHE_MEMORY_TTL =
      time(
          "cache.memory.ttl",
          Duration.ofMillis(1),
          Duration.ofDays(365),
          Duration.ofMinutes(5),
          "How long an entry in memory is good.");
  static final Setting<Long> CACHE_DISK_SIZE =
      add(
          "cache.disk.size",
          new Form.Size(MIB, 1024 * GIB),
          256 * MIB,
          "Limit of the cache on disk.");
  static final Setting<Duration> CACHE_DISK_TTL =
      time(
          "cache.disk.ttl",
          Duration.ofMillis(1),
          Duration.ofDays(365),
          Duration.ofHours(24),
          "How long an entry on disk is good.");
  static final Setting<Boolean> CACHE_GIT_ENABLED =
      flag("cache.git.enabled", true, "Whether entries are kept in the Git repository.");

  static final Setting<Long> FILES_RATE =
      add(
          "files.rate",
          new Form.Rate(new Form.Size(KIB, 1024 * GIB)),
          Form.Rate.OFF,
          "Bytes per second that templates write to files, in one process.");

  static final Setting<Durability> GIT_DURABILITY =
      add(
          "git.durability",
          new Form.Choice<>(Durability.class),
          Durability.PROCESS,
          "What a finished run survives: the death of the process, or with power also a power"
              + " failure, because everything is synced.");

  /** Every setting, in the schema's order. */
  static final List<Setting<?>> ALL = List.copyOf(TABLE);

  private static final Map<String, Setting<?>> BY_PATH = new LinkedHashMap<>();

  /** The keys below each section; the root's path is empty. */
  private static final Map<String, Set<String>> KEYS = new LinkedHashMap<>();

  static {
    for (var setting : ALL) {
      BY_PATH.put(setting.path(), setting);
      for (var path = setting.path(); !path.isEmpty(); ) {
        int dot = path.lastIndexOf('.');
        var parent = dot < 0 ? "" : path.substring(0, dot);
        KEYS.computeIfAbsent(parent, p -> new LinkedHashSet<>()).add(path.substring(dot + 1));
        path = parent;
      }
    }
  }

  private Settings() {}

  /** The setting of a path, or null. */
  static Setting<?> at(String path) {
    return BY_PATH.get(path);
  }

  /** The keys of a section, or null when the path is none. */
  static Set<String> keys(String section) {
    return KEYS.get(section);
  }

  /** What a section is for. */
  static String purpose(String section) {
    return SECTIONS.get(section);
  }

  private static Setting<Boolean> flag(String path, boolean fallback, String description) {
    return add(path, new Form.Flag(), fallback, description);
  }

  private static Setting<Integer> whole(
      String path, int min, int max, int fallback, String description) {
    return add(path, new Form.Whole(min, max), fallback, description);
  }

  private static Setting<Duration> time(
      String path, Duration min, Duration max, Duration fallback, String description) {
    return add(path, new Form.Time(min, max), fallback, description);
  }

  private static <T> Setting<T> add(String path, Form<T> form, T fallback, String description) {
    var setting = new Setting<>(path, form, fallback, description);
    TABLE.add(setting);
    return setting;
  }
}
