package dev.gitvan.config;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.document.Node;
import java.util.Objects;

/** A value in a configuration file has the wrong type or is out of range. */
public final class InvalidSettingException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ErrorCode code;

  private InvalidSettingException(ErrorCode code, String message) {
    super(message);
    this.code = Objects.requireNonNull(code, "code");
  }

  /**
   * The value has another type.
   *
   * @param expected continues the sentence {@code KEY must be}
   */
  public static InvalidSettingException type(String expected, Node found) {
    return new InvalidSettingException(
        Codes.CONFIG_TYPE, expected + ", but is " + found.describe());
  }

  /**
   * The value is out of range.
   *
   * @param expected continues the sentence {@code KEY must be}
   */
  public static InvalidSettingException range(String expected, Node found) {
    return range(expected, found.describe());
  }

  /** As {@link #range(String, Node)}, with the value as it was written. */
  static InvalidSettingException range(String expected, String found) {
    return new InvalidSettingException(Codes.CONFIG_RANGE, expected + ", but is " + found);
  }

  /** The same for a type that also allows a word. */
  InvalidSettingException orWord(String word) {
    return new InvalidSettingException(code, word + " or " + getMessage());
  }

  /** {@code CONFIG_TYPE} or {@code CONFIG_RANGE}. */
  public ErrorCode code() {
    return code;
  }
}
