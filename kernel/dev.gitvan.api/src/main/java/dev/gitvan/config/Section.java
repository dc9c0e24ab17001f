package dev.gitvan.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A section of the configuration: its settings with their types, defaults and descriptions. It is
 * the only source for reading and checking the section, for {@code config show} and for the JSON
 * Schema. Immutable.
 *
 * <p>Build it once, in a constant:
 *
 * <pre>{@code
 * private static final Section.Builder BUILDER = Section.named("greeting", "How people are greeted.");
 * static final Setting<Boolean> LOUD = BUILDER.flag("loud", false, "Whether to shout.");
 * static final Section SECTION = BUILDER.build();
 * }</pre>
 */
public final class Section {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*");
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]*(?:\\.[a-z][a-z0-9-]*)*");

  private final String name;
  private final String description;
  private final Map<String, String> groups;
  private final List<Setting<?>> settings;

  private Section(Builder builder) {
    this.name = builder.name;
    this.description = builder.description;
    this.groups = Collections.unmodifiableMap(new LinkedHashMap<>(builder.groups));
    this.settings = List.copyOf(builder.settings);
  }

  /**
   * Begins a section.
   *
   * @param name lower-case words joined with {@code .} or {@code -}, such as {@code cache} or
   *     {@code org.example.greeting}
   * @param description one sentence
   * @throws IllegalArgumentException when the name is not valid
   */
  public static Builder named(String name, String description) {
    return new Builder(name, description);
  }

  /** Name of the section. */
  public String name() {
    return name;
  }

  /** One sentence. */
  public String description() {
    return description;
  }

  /** Descriptions of the mappings inside the section, by dotted key. */
  public Map<String, String> groups() {
    return groups;
  }

  /** The settings in the order in which they were added. */
  public List<Setting<?>> settings() {
    return settings;
  }

  @Override
  public String toString() {
    return name;
  }

  /** Collects the settings of a section. Not safe for concurrent use. */
  public static final class Builder {
    private final String name;
    private final String description;
    private final Map<String, String> groups = new LinkedHashMap<>();
    private final List<Setting<?>> settings = new ArrayList<>();
    private final HashSet<String> keys = new HashSet<>();
    private boolean userOnly;

    private Builder(String name, String description) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("not a name of a section: " + name);
      }
      this.name = name;
      this.description = description;
    }

    /** Only the user's own file may contain the settings that follow. */
    public Builder userOnly() {
      userOnly = true;
      return this;
    }

    /** Repositories' files may contain the settings that follow, which is the default. */
    public Builder anywhere() {
      userOnly = false;
      return this;
    }

    /** Describes a mapping inside the section. */
    public Builder group(String key, String text) {
      groups.put(key, text);
      return this;
    }

    /** Adds {@code true} or {@code false}. */
    public Setting<Boolean> flag(String key, boolean defaultValue, String text) {
      return add(key, SettingType.flag(), defaultValue, text);
    }

    /** Adds a whole number within inclusive bounds. */
    public Setting<Integer> wholeNumber(
        String key, int min, int max, int defaultValue, String text) {
      return add(key, SettingType.wholeNumber(min, max), defaultValue, text);
    }

    /** Adds a duration within inclusive bounds. */
    public Setting<Duration> duration(
        String key, Duration min, Duration max, Duration defaultValue, String text) {
      return add(key, SettingType.duration(min, max), defaultValue, text);
    }

    /** Adds a number of bytes within inclusive bounds. */
    public Setting<Long> size(String key, long min, long max, long defaultValue, String text) {
      return add(key, SettingType.size(min, max), defaultValue, text);
    }

    /**
     * Adds a setting.
     *
     * @param key dotted for a setting in a mapping inside the section
     * @throws IllegalArgumentException when the key is not valid, or exists already
     */
    public <T> Setting<T> add(String key, SettingType<T> type, T defaultValue, String text) {
      if (!KEY.matcher(key).matches()) {
        throw new IllegalArgumentException("not a key: " + key);
      }
      var setting = new Setting<>(name, key, type, defaultValue, text, userOnly);
      if (!keys.add(key)) {
        throw new IllegalArgumentException(name + " has two settings " + key);
      }
      settings.add(setting);
      return setting;
    }

    /** The section with what has been added. */
    public Section build() {
      return new Section(this);
    }
  }
}
