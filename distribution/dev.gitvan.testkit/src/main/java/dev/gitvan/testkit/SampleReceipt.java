package dev.gitvan.testkit;

import dev.gitvan.job.Receipt;
import dev.gitvan.job.spi.Staging;
import java.time.Instant;
import java.util.Map;

/** A receipt as created by the runner; tests adjust it with its builder. */
public final class SampleReceipt {
  private SampleReceipt() {}

  /** Of a run that ended well and has no artifacts. */
  public static Receipt of(String id, String job, Staging.Base base) {
    var now = Instant.parse("2026-01-02T03:04:05Z");
    return Receipt.builder(id, job)
        .version("1")
        .fingerprint("f".repeat(64))
        .head(base.head())
        .branch(base.branch())
        .worktree("repo")
        .ran(now, now.plusMillis(12))
        .inputs(Map.of("limit", 5L))
        .host("host")
        .gitvan("0.1.0")
        .build();
  }
}
