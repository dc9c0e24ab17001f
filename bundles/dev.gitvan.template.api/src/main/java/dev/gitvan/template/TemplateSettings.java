package dev.gitvan.template;

import dev.gitvan.config.Configuration;
import dev.gitvan.config.Section;
import dev.gitvan.config.Setting;
import dev.gitvan.config.SettingType;
import java.util.List;
import java.util.regex.Pattern;

/** The section {@code templates} of the configuration. Immutable. */
public final class TemplateSettings {
  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  private static final Section.Builder TEMPLATES =
      Section.named("templates", "How templates are found and rendered.");

  private static final Setting<String> DIR =
      TEMPLATES.add(
          "dir",
          SettingType.string(
              Pattern.compile("(?!/)(?!(?:.*/)?\\.\\.?(?:/|$))[^\\\\\\x00-\\x1f]+"),
              "a folder below the worktree"),
          ".gitvan/templates",
          "Folder of the templates, below the root of the worktree.");
  private static final Setting<String> ENGINE =
      TEMPLATES.add(
          "engine",
          SettingType.string(Pattern.compile("[a-z][a-z0-9-]*"), "the name of an engine"),
          "pebble",
          "Engine of inline templates, and of files whose extension belongs to no engine.");
  private static final Setting<Boolean> CACHE =
      TEMPLATES.flag("cache", true, "Whether compiled templates and rendered outputs are kept.");
  private static final Setting<Boolean> AUTOESCAPE =
      TEMPLATES.flag("autoescape", false, "Whether output is escaped for HTML by default.");
  private static final Setting<Boolean> STRICT =
      TEMPLATES.flag("strict", true, "Whether an undefined variable is an error.");
  private static final Setting<Long> MAX_OUTPUT =
      TEMPLATES.size("max-output", KIB, 4 * GIB, 64 * MIB, "Maximum size of one rendered output.");
  private static final Setting<Integer> MAX_RANGE =
      TEMPLATES.wholeNumber(
          "max-range", 1, 10_000_000, 10_000, "Maximum number of items of one range().");
  private static final Setting<List<String>> ENV =
      TEMPLATES.add(
          "env",
          SettingType.list(
              SettingType.string(
                  Pattern.compile("[A-Za-z_][A-Za-z0-9_]*"), "the name of a variable")),
          List.of(),
          "Environment variables that templates may read as env.NAME.");
  private static final Setting<Boolean> OWN_COMMITS =
      TEMPLATES.flag("own-commits", false, "Whether git.commits contains GitVan's own commits.");

  /** The section. */
  public static final Section SECTION = TEMPLATES.build();

  private final String dir;
  private final String engine;
  private final boolean cache;
  private final boolean autoescape;
  private final boolean strict;
  private final long maxOutput;
  private final int maxRange;
  private final List<String> env;
  private final boolean ownCommits;

  private TemplateSettings(Configuration configuration) {
    this.dir = configuration.get(DIR);
    this.engine = configuration.get(ENGINE);
    this.cache = configuration.get(CACHE);
    this.autoescape = configuration.get(AUTOESCAPE);
    this.strict = configuration.get(STRICT);
    this.maxOutput = configuration.get(MAX_OUTPUT);
    this.maxRange = configuration.get(MAX_RANGE);
    this.env = configuration.get(ENV);
    this.ownCommits = configuration.get(OWN_COMMITS);
  }

  /** The settings in a configuration. */
  public static TemplateSettings of(Configuration configuration) {
    return new TemplateSettings(configuration);
  }

  /** Directory of the templates, relative to the root of the worktree. */
  public String dir() {
    return dir;
  }

  /** Engine of files whose extension belongs to no engine. */
  public String engine() {
    return engine;
  }

  /** Whether compiled templates and rendered outputs are kept. */
  public boolean cache() {
    return cache;
  }

  /** Whether output is escaped for HTML by default. */
  public boolean autoescape() {
    return autoescape;
  }

  /** Whether an undefined variable is an error. */
  public boolean strict() {
    return strict;
  }

  /** Maximum size of one rendered output, in bytes. */
  public long maxOutput() {
    return maxOutput;
  }

  /** Maximum number of items of one {@code range()}. */
  public int maxRange() {
    return maxRange;
  }

  /** Names of the environment variables that templates may read. */
  public List<String> env() {
    return env;
  }

  /** Whether {@code git.commits} contains GitVan's own commits. */
  public boolean ownCommits() {
    return ownCommits;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TemplateSettings settings && values().equals(settings.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return SECTION + " " + values();
  }

  private List<Object> values() {
    return List.of(dir, engine, cache, autoescape, strict, maxOutput, maxRange, env, ownCommits);
  }
}
