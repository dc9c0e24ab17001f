package dev.gitvan.launcher;

/** A failure that the user reads as one line, {@code CODE place: what is wrong. What to do.} */
final class LaunchException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int exitStatus;

  LaunchException(String code, int exitStatus, String message) {
    this(code, exitStatus, message, null);
  }

  LaunchException(String code, int exitStatus, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.exitStatus = exitStatus;
  }

  static LaunchException internal(String message, Throwable cause) {
    return new LaunchException("INTERNAL", ExitStatus.INTERNAL, message, cause);
  }

  static LaunchException accessDenied(String message, Throwable cause) {
    return new LaunchException("ACCESS_DENIED", ExitStatus.USAGE, message, cause);
  }

  /** What is printed. */
  String line() {
    return code + " " + getMessage();
  }

  int exitStatus() {
    return exitStatus;
  }
}
