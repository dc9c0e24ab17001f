package dev.gitvan.bench.internal;

import dev.gitvan.job.Receipt;
import dev.gitvan.repository.WorktreeId;
import java.time.Instant;
import java.util.Locale;

/** Receipts as runs leave them. */
final class ReceiptOf {
  private ReceiptOf() {}

  static String id(int number) {
    return String.format(Locale.ROOT, "01BENCH%019d", number);
  }

  /** A run's receipt. */
  static Receipt run(String id, String head, WorktreeId worktree) {
    var now = Instant.now();
    return Receipt.builder(id, "bench")
        .version("1")
        .head(head)
        .branch("refs/heads/main")
        .worktree(worktree.name())
        .ran(now, now)
        .host("localhost")
        .build();
  }
}
