package dev.gitvan.extension;

import java.util.Objects;

/** An extension point rejects a service, with a reason code that diagnostics show. */
public final class InvalidExtensionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code stable reason code, such as {@code NAME_MISSING}
   * @param reason what is wrong, one sentence
   */
  public InvalidExtensionException(String code, String reason) {
    super(reason);
    this.code = Objects.requireNonNull(code, "code");
  }

  /** The stable reason code. */
  public String code() {
    return code;
  }
}
