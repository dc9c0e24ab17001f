package dev.gitvan.diagnostics;

import java.util.Set;

/** Exit statuses of the command line, and the mapping of codes to them. */
public final class ExitStatus {
  public static final int OK = 0;

  /** The job or a gate failed. */
  public static final int FAILED = 1;

  /** Usage, configuration or the state of the repository. */
  public static final int USER = 2;

  /** No such job, template, receipt, object, cache. */
  public static final int NOT_FOUND = 3;

  /** An internal error, or a failure of the system. */
  public static final int INTERNAL = 70;

  /** Busy: the same command may succeed later. */
  public static final int BUSY = 75;

  public static final int TIMEOUT = 124;
  public static final int INTERRUPTED = 130;

  private static final Set<String> FAILURES =
      Set.of(Codes.JOB_FAILED, Codes.STEP_FAILED, Codes.HOOK_VETOED, Codes.GIT_FAILED);
  private static final Set<String> MACHINE =
      Set.of(Codes.INTERNAL, Codes.DISK_FULL, Codes.IO_ERROR, Codes.SERVICE_MISSING);
  private static final Set<String> BUSY_CODES =
      Set.of(
          Codes.QUEUE_FULL,
          Codes.REPO_LOCKED,
          Codes.LOCK_HELD,
          Codes.LOCK_LOST,
          Codes.REPO_MOVED,
          Codes.HEAD_MOVED,
          Codes.REMOTE_UNREACHABLE,
          Codes.BUNDLE_GONE,
          Codes.SWAP_BUSY,
          Codes.DAEMON_UNAVAILABLE);
  private static final Set<String> NOT_FOUND_CODES =
      Set.of(
          Codes.JOB_NOT_FOUND,
          Codes.TEMPLATE_NOT_FOUND,
          Codes.RECEIPT_NOT_FOUND,
          Codes.PLUGIN_NOT_FOUND,
          Codes.OBJECT_NOT_FOUND,
          Codes.REMOTE_NOT_FOUND,
          Codes.REMOTE_REF_NOT_FOUND,
          Codes.CACHE_NOT_FOUND,
          Codes.HOOK_NOT_FOUND,
          Codes.PREDICATE_NOT_FOUND,
          Codes.LOCK_NOT_FOUND);

  private ExitStatus() {}

  /** Returns the exit status of a problem's code; {@link #USER} for unknown codes. */
  public static int of(String code) {
    if (FAILURES.contains(code)) {
      return FAILED;
    }
    if (NOT_FOUND_CODES.contains(code)) {
      return NOT_FOUND;
    }
    if (MACHINE.contains(code)) {
      return INTERNAL;
    }
    if (BUSY_CODES.contains(code)) {
      return BUSY;
    }
    return switch (code) {
      case Codes.TIMEOUT -> TIMEOUT;
      case Codes.INTERRUPTED -> INTERRUPTED;
      default -> USER;
    };
  }
}
