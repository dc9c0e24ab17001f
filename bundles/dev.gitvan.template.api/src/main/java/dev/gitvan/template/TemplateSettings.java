package dev.gitvan.template;

import dev.gitvan.config.Configuration;
import dev.gitvan.config.Section;
import dev.gitvan.config.Setting;
import dev.gitvan.config.SettingType;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The section {@code templates} of the configuration. Immutable.
 *
 * @param dir directory of the templates, relative to the root of the worktree
 * @param engine engine of files whose extension belongs to no engine
 * @param cache whether compiled templates and rendered outputs are kept
 * @param autoescape whether output is escaped for HTML by default
 * @param strict whether an undefined variable is an error
 * @param maxOutput maximum size of one rendered output, in bytes
 * @param maxRange maximum number of items of one {@code range()}
 * @param env names of the environment variables that templates may read
 * @param ownCommits whether {@code git.commits} contains GitVan's own commits
 */
public record TemplateSettings(
    String dir,
    String engine,
    boolean cache,
    boolean autoescape,
    boolean strict,
    long maxOutput,
    int maxRange,
    List<String> env,
    boolean ownCommits) {
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

  public TemplateSettings {
    env = List.copyOf(env);
  }

  /** The settings in a configuration. */
  public static TemplateSettings of(Configuration configuration) {
    return new TemplateSettings(
        configuration.get(DIR),
        configuration.get(ENGINE),
        configuration.get(CACHE),
        configuration.get(AUTOESCAPE),
        configuration.get(STRICT),
        configuration.get(MAX_OUTPUT),
        configuration.get(MAX_RANGE),
        configuration.get(ENV),
        configuration.get(OWN_COMMITS));
  }
}
