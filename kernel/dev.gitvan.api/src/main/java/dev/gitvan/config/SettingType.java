package dev.gitvan.config;

import dev.gitvan.document.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The type of a setting: how its values are read, checked and written, and their JSON Schema.
 * Immutable.
 *
 * @param <T> type of the values in Java
 */
@ConsumerType
public interface SettingType<T> {
  /**
   * Reads a value.
   *
   * @throws InvalidSettingException when the value has another type or is out of range
   */
  T read(Node node) throws InvalidSettingException;

  /** The value as a configuration file contains it: a string, number, boolean, list or map. */
  Object written(T value);

  /** The JSON Schema of a value, without its description and default, in the order of its keys. */
  Map<String, Object> schema();

  /** {@code true} or {@code false}. */
  static SettingType<Boolean> flag() {
    return SettingTypes.FLAG;
  }

  /**
   * A string.
   *
   * @param allowed must match the whole string
   * @param expected describes the allowed strings in messages, such as {@code the name of an
   *     engine}
   */
  static SettingType<String> string(Pattern allowed, String expected) {
    return new SettingTypes.Text(allowed, expected);
  }

  /** A list of values of another type. */
  static <T> SettingType<List<T>> list(SettingType<T> items) {
    return new SettingTypes.Items<>(items);
  }

  /**
   * A mapping of names to values of another type, in the order of the file.
   *
   * @param keys reads and checks the names
   */
  static <T> SettingType<Map<String, T>> map(SettingType<String> keys, SettingType<T> values) {
    return new SettingTypes.Entries<>(keys, values);
  }

  /** One of the constants of an enum, written in lower case. */
  static <E extends Enum<E>> SettingType<E> choice(Class<E> constants) {
    return new SettingTypes.Choice<>(constants);
  }

  /** A whole number within inclusive bounds. */
  static SettingType<Integer> wholeNumber(int min, int max) {
    return new SettingTypes.WholeNumber(min, max);
  }

  /** A duration such as {@code 30s} within inclusive bounds; see {@link Quantities}. */
  static SettingType<Duration> duration(Duration min, Duration max) {
    return new SettingTypes.Time(min, max);
  }

  /** A number of bytes such as {@code 64KiB} within inclusive bounds; see {@link Quantities}. */
  static SettingType<Long> size(long min, long max) {
    return new SettingTypes.Size(min, max);
  }

  /** Bytes per second within inclusive bounds; 0, written {@code off}, means no limit. */
  static SettingType<Long> rate(long min, long max) {
    return new SettingTypes.Rate(new SettingTypes.Size(min, max));
  }
}
