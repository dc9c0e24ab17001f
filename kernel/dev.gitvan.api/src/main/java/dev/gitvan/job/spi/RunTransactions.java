package dev.gitvan.job.spi;

import dev.gitvan.job.Receipt;
import dev.gitvan.repository.WorktreeId;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Opens run transactions, and reads the receipts that they leave. Safe for any thread. */
@ConsumerType
public interface RunTransactions {
  /**
   * Begins a transaction on the refs as they are now. Touches nothing on disk.
   *
   * @param dryRun whether it is only to answer what it would do
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_*}
   */
  RunTransaction begin(WorktreeId worktree, boolean dryRun);

  /**
   * Receipts of a repository, newest run first, each id once; lines that are no receipts are
   * skipped.
   *
   * @param limit at most so many
   * @param job only those of this job; null: of all
   */
  List<Receipt> receipts(WorktreeId worktree, int limit, String job);

  /**
   * The receipt of a run.
   *
   * @param id a whole id, or the beginning of one
   */
  Optional<Receipt> receipt(WorktreeId worktree, String id);

  /** Checks every receipt: it parses, its artifacts and commits are what it says. */
  ReceiptCheck verify(WorktreeId worktree);

  /**
   * The result of checking receipts.
   *
   * @param receipts how many were read
   * @param findings what is wrong, one line each; empty when all is well
   */
  record ReceiptCheck(int receipts, List<dev.gitvan.diagnostics.Problem> findings) {}
}
