package dev.gitvan.bench.internal;

import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunStatus;
import dev.gitvan.job.Trigger;
import dev.gitvan.repository.WorktreeId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Receipts as runs leave them. */
final class ReceiptOf {
  private ReceiptOf() {}

  static String id(int number) {
    return String.format(Locale.ROOT, "01BENCH%019d", number);
  }

  /** A run's receipt. */
  static Receipt run(String id, String head, WorktreeId worktree) {
    var now = Instant.now();
    return new Receipt(
        id,
        "bench",
        "1",
        "",
        Trigger.command(),
        head,
        "",
        "refs/heads/main",
        worktree.name(),
        RunStatus.OK,
        now,
        now,
        0,
        1,
        Map.of(),
        List.of(),
        List.of(),
        null,
        "",
        "localhost",
        "");
  }
}
