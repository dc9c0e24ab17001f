package dev.gitvan.kernel.internal;

import dev.gitvan.config.Quantities;
import dev.gitvan.extension.InvalidExtensionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Reads service properties as annotations and configuration write them. */
public record Properties(Map<String, Object> map, String prefix) {
  private Object value(String key) {
    return map.get(prefix + key);
  }

  /** A string, stripped; {@code otherwise} when there is none. */
  public String text(String key, String otherwise) {
    var value = value(key);
    return value == null || value.toString().isBlank() ? otherwise : value.toString().strip();
  }

  /** Whether a boolean is true; false when there is none. */
  public boolean isSet(String key) {
    return Boolean.parseBoolean(text(key, "false"));
  }

  /** One or several strings, whether an array, a collection or a single value. */
  public List<String> texts(String key) {
    var value = value(key);
    var texts = new ArrayList<String>();
    if (value instanceof Object[] array) {
      for (var item : array) {
        texts.add(String.valueOf(item));
      }
    } else if (value instanceof Collection<?> items) {
      items.forEach(item -> texts.add(String.valueOf(item)));
    } else if (value != null) {
      texts.add(value.toString());
    }
    return texts;
  }

  /** A number within bounds; {@code otherwise} when there is none. */
  public int number(String key, int otherwise, int min, int max, String code)
      throws InvalidExtensionException {
    var text = text(key, Integer.toString(otherwise));
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw new InvalidExtensionException(
        code, prefix + key + " is " + text + "; it must be a number from " + min + " to " + max);
  }

  /** A duration such as {@code 5s}. */
  public Duration duration(String key, Duration otherwise, boolean zero, String code)
      throws InvalidExtensionException {
    var text = text(key, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    var duration = Quantities.duration(text);
    if (duration.isEmpty() || (duration.get().isZero() && !zero)) {
      throw new InvalidExtensionException(
          code, prefix + key + " is " + text + "; it must be a duration such as 30s");
    }
    return duration.get();
  }
}
