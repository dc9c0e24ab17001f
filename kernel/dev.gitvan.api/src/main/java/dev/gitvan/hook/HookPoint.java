package dev.gitvan.hook;

import dev.gitvan.document.ValueField;
import dev.gitvan.document.ValueType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A named moment at which hooks are called. Immutable.
 *
 * @param name Git's ({@code pre-commit}), or in parts separated by colons ({@code job:before})
 * @param description when hooks are called, one sentence without its full stop
 * @param gate when hooks can stop the operation
 * @param data what an event of this point carries
 */
public record HookPoint(String name, String description, Gate gate, List<ValueField> data) {
  /**
   * Regular expression of the names that plugins can use. A colon keeps them apart from the names
   * that Git will add.
   */
  public static final String EXTENSION_NAME = "[a-z][a-z0-9-]*(:[a-z][a-z0-9-]*)+";

  private static final Pattern EXTENSION = Pattern.compile(EXTENSION_NAME);

  public HookPoint {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(gate, "gate");
    data = List.copyOf(data);
    if (description.isBlank()) {
      throw new IllegalArgumentException("hook point " + name + " has no description");
    }
    var names = new HashSet<String>();
    for (var field : data) {
      if (!names.add(field.name())) {
        throw new IllegalArgumentException(
            "hook point " + name + " declares " + field.name() + " twice");
      }
    }
    if (gate instanceof Gate.When when
        && data.stream()
            .noneMatch(
                field -> field.name().equals(when.field()) && field.type() == ValueType.STRING)) {
      throw new IllegalArgumentException(
          "hook point " + name + " is a gate by " + when.field() + ", which is not a string of it");
    }
  }

  /** A point that reports what has happened: hooks cannot stop it. */
  public static HookPoint notification(String name, String description, ValueField... data) {
    return new HookPoint(name, description, Gate.NEVER, List.of(data));
  }

  /** A point at which hooks can stop the operation. */
  public static HookPoint gate(String name, String description, ValueField... data) {
    return new HookPoint(name, description, Gate.ALWAYS, List.of(data));
  }

  /**
   * Whether plugins can use a name for points of their own: lower-case letters, digits and dashes,
   * in at least two parts separated by colons, such as {@code release:before}.
   */
  public static boolean isExtensionName(String name) {
    return EXTENSION.matcher(name).matches();
  }

  /**
   * Compares an event's data with what this point declares.
   *
   * @return what does not agree, one sentence without its full stop each; empty when all agrees
   */
  public List<String> mismatches(Map<String, Object> values) {
    return ValueField.mismatches(data, values);
  }
}
