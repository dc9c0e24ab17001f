package dev.gitvan.extension;

/** The service is no longer registered, or its component cannot be activated. */
public final class ExtensionGoneException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which service, and why
   * @param cause why it cannot be activated; or null
   */
  public ExtensionGoneException(String message, Throwable cause) {
    super(message, cause);
  }
}
