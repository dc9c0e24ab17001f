package dev.gitvan.itests.cli;

import java.util.Set;

/** The exit status that is promised for each code; written down again, from the documentation. */
final class ExitTable {
  private static final Set<String> FAILED = Set.of("JOB_FAILED", "STEP_FAILED", "HOOK_VETOED");
  private static final Set<String> NOT_FOUND =
      Set.of(
          "CACHE_NOT_FOUND",
          "CODE_NOT_FOUND",
          "JOB_NOT_FOUND",
          "LOCK_NOT_FOUND",
          "REMOTE_NOT_FOUND",
          "REMOTE_REF_NOT_FOUND",
          "TEMPLATE_NOT_FOUND",
          "RECEIPT_NOT_FOUND",
          "PLUGIN_NOT_FOUND",
          "OBJECT_NOT_FOUND",
          "HOOK_NOT_FOUND");
  private static final Set<String> INTERNAL = Set.of("INTERNAL", "DISK_FULL", "IO_ERROR");
  private static final Set<String> BUSY =
      Set.of(
          "QUEUE_FULL",
          "REPO_LOCKED",
          "LOCK_HELD",
          "LOCK_LOST",
          "REMOTE_UNREACHABLE",
          "REPO_MOVED",
          "HEAD_MOVED",
          "DAEMON_UNAVAILABLE");

  private ExitTable() {}

  static int of(String code) {
    if (FAILED.contains(code)) {
      return 1;
    } else if (NOT_FOUND.contains(code)) {
      return 3;
    } else if (INTERNAL.contains(code)) {
      return 70;
    } else if (BUSY.contains(code)) {
      return 75;
    } else if (code.equals("TIMEOUT")) {
      return 124;
    } else if (code.equals("INTERRUPTED")) {
      return 130;
    }
    return 2;
  }
}
