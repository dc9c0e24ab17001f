package dev.gitvan.config;

import java.util.List;
import java.util.Objects;

/**
 * A setting of a {@link Section}. Create it with {@link Section.Builder}; read it with {@link
 * Configuration#get}. Immutable.
 *
 * @param <T> type of the values
 */
public final class Setting<T> {
  private final String section;
  private final String key;
  private final SettingType<T> type;
  private final T defaultValue;
  private final String description;
  private final boolean userOnly;

  Setting(
      String section,
      String key,
      SettingType<T> type,
      T defaultValue,
      String description,
      boolean userOnly) {
    this.section = Objects.requireNonNull(section, "section");
    this.key = Objects.requireNonNull(key, "key");
    this.type = Objects.requireNonNull(type, "type");
    this.defaultValue = Objects.requireNonNull(defaultValue, "defaultValue");
    this.description = Objects.requireNonNull(description, "description");
    this.userOnly = userOnly;
  }

  /** Name of its section. */
  public String section() {
    return section;
  }

  /** Dotted and relative to the section, such as {@code rate.limit}. */
  public String key() {
    return key;
  }

  /** How its values are read and checked. */
  public SettingType<T> type() {
    return type;
  }

  /** The value where no file contains the setting. */
  public T defaultValue() {
    return defaultValue;
  }

  /** One sentence for the schema, for editors and for the documentation. */
  public String description() {
    return description;
  }

  /** Whether only the user's own file may contain it; a repository's file may not. */
  public boolean userOnly() {
    return userOnly;
  }

  /** The default as a configuration file would contain it. */
  public Object writtenDefault() {
    return type.written(defaultValue);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Setting<?> setting && values().equals(setting.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return section + "." + key;
  }

  private List<Object> values() {
    return List.of(section, key, type, defaultValue, description, userOnly);
  }
}
