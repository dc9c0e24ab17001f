package dev.gitvan.job.spi;

import dev.gitvan.job.Receipt;
import java.time.Instant;

/**
 * Which receipts.
 *
 * @param limit at most so many, from 1
 * @param job only those of this job; null: of all
 * @param since only those of runs that began then or later; null: of all times
 */
public record ReceiptQuery(int limit, String job, Instant since) {
  public ReceiptQuery {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit);
    }
  }

  /** The newest, of all jobs. */
  public static ReceiptQuery newest(int limit) {
    return new ReceiptQuery(limit, null, null);
  }

  /** Whether a receipt is one of them. */
  public boolean fits(Receipt receipt) {
    return (job == null || receipt.job().equals(job))
        && (since == null || !receipt.started().isBefore(since));
  }
}
