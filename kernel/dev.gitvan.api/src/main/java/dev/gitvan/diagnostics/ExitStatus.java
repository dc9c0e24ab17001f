package dev.gitvan.diagnostics;

import java.util.Set;

/** Exit statuses of the command line. */
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

  /** All but {@link #OK}. */
  static final Set<Integer> FAILURES =
      Set.of(FAILED, USER, NOT_FOUND, INTERNAL, BUSY, TIMEOUT, INTERRUPTED);

  private ExitStatus() {}
}
