package dev.gitvan.job.spi;

import dev.gitvan.job.Receipt;
import java.time.Instant;

/**
 * Selects receipts.
 *
 * @param limit maximum number of receipts, from 1
 * @param job job of the receipts; null: any
 * @param since earliest start of their runs; null: any
 */
public record ReceiptQuery(int limit, String job, Instant since) {
  public ReceiptQuery {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit);
    }
  }

  /** Selects the newest receipts of all jobs. */
  public static ReceiptQuery newest(int limit) {
    return new ReceiptQuery(limit, null, null);
  }

  /** Whether a receipt matches, apart from the limit. */
  public boolean fits(Receipt receipt) {
    return (job == null || receipt.job().equals(job))
        && (since == null || !receipt.started().isBefore(since));
  }
}
