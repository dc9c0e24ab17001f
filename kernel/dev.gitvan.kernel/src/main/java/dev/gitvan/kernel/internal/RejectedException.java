package dev.gitvan.kernel.internal;

/** A registry does not take a contribution. */
public final class RejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code stable reason code, such as {@code NAME_MISSING}
   * @param reason one sentence
   */
  public RejectedException(String code, String reason) {
    super(reason);
    this.code = code;
  }

  String code() {
    return code;
  }
}
