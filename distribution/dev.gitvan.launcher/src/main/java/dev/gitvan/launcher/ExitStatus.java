package dev.gitvan.launcher;

/** The exit statuses that the launcher itself gives; all others come from the command. */
final class ExitStatus {
  static final int USAGE = 2;
  static final int INTERNAL = 70;
  static final int INTERRUPTED = 130;

  private ExitStatus() {}
}
