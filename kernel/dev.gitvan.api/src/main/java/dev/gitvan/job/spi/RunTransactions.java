package dev.gitvan.job.spi;

import dev.gitvan.config.Configuration;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.Receipt;
import dev.gitvan.repository.WorktreeId;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Opens run transactions, and reads the receipts that they leave. Safe for any thread. */
@ConsumerType
public interface RunTransactions {
  /**
   * Begins a transaction on the refs as they are now. Writes nothing to disk.
   *
   * @param configuration the run's
   * @param dryRun whether the transaction only computes what it would do
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_*}
   */
  RunTransaction begin(WorktreeId worktree, Configuration configuration, boolean dryRun);

  /** As {@link #begin}, with the configuration of the worktree as it is now. */
  RunTransaction begin(WorktreeId worktree, boolean dryRun);

  /**
   * Receipts of a repository, newest run first, each id once; lines that are no receipts are
   * skipped.
   */
  List<Receipt> receipts(WorktreeId worktree, ReceiptQuery query);

  /**
   * The receipt of a run.
   *
   * @param id a whole id, or the beginning of one
   */
  Optional<Receipt> receipt(WorktreeId worktree, String id);

  /**
   * Checks every receipt: it parses, the commit that it names names its run, and its artifacts are
   * what it says.
   */
  ReceiptCheck verify(WorktreeId worktree);

  /**
   * The result of checking receipts.
   *
   * @param receipts how many were read
   * @param unchecked how many of them name a commit that is not in this repository, and nor is the
   *     one whose note they stand in: nothing can be said about those
   * @param findings what is wrong, one line each, with a code: {@code RECEIPT_INVALID}, {@code
   *     RECEIPT_COMMIT_MISMATCH}, {@code RECEIPT_ARTIFACT_CHANGED}; empty when all is well
   */
  record ReceiptCheck(int receipts, int unchecked, List<Problem> findings) {
    public ReceiptCheck {
      findings = List.copyOf(findings);
    }
  }
}
