package dev.gitvan.config;

import java.util.Objects;

/**
 * A setting of a {@link Section}. Create it with {@link Section.Builder}; read it with {@link
 * Configuration#get}. Immutable.
 *
 * @param section name of its section
 * @param key dotted and relative to the section, such as {@code rate.limit}
 * @param type how its values are read and checked
 * @param defaultValue value where no file contains the setting
 * @param description one sentence for the schema, for editors and for the documentation
 * @param userOnly whether only the user's own file may contain it; a repository's file may not
 * @param <T> type of the values
 */
public record Setting<T>(
    String section,
    String key,
    SettingType<T> type,
    T defaultValue,
    String description,
    boolean userOnly) {
  public Setting {
    Objects.requireNonNull(section, "section");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(defaultValue, "defaultValue");
    Objects.requireNonNull(description, "description");
  }

  /** The default as a configuration file would contain it. */
  public Object writtenDefault() {
    return type.written(defaultValue);
  }
}
