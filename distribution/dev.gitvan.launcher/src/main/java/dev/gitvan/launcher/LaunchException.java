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

  /** {@code DISK_FULL} or {@code IO_ERROR}. */
  static LaunchException ofWrite(String place, Throwable cause) {
    if (WriteFailure.isDiskFull(cause)) {
      return new LaunchException(
          "DISK_FULL",
          ExitStatus.INTERNAL,
          place
              + ": there is no space left on the disk. Free some space and run the command again.",
          cause);
    }
    return new LaunchException(
        "IO_ERROR",
        ExitStatus.INTERNAL,
        place + ": " + cause.getMessage() + ". Check the disk and run the command again.",
        cause);
  }

  /** What is printed. */
  String line() {
    return code + " " + getMessage();
  }

  int exitStatus() {
    return exitStatus;
  }
}
