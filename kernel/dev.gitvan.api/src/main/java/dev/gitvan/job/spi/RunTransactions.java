package dev.gitvan.job.spi;

import dev.gitvan.config.Configuration;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.Receipt;
import dev.gitvan.repository.WorktreeId;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Opens run transactions, and reads receipts. Safe for any thread. */
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
   * Returns receipts of a repository, newest run first, each id once; lines that are not receipts
   * are skipped.
   */
  List<Receipt> receipts(WorktreeId worktree, ReceiptQuery query);

  /**
   * Returns the receipt of a run.
   *
   * @param id a full id, or an unambiguous prefix
   */
  Optional<Receipt> receipt(WorktreeId worktree, String id);

  /**
   * Checks that every receipt can be parsed, that its commit has the trailer of its run, and that
   * its artifacts are unchanged.
   */
  ReceiptCheck verify(WorktreeId worktree);

  /**
   * The result of checking receipts.
   *
   * @param receipts number of receipts that were read
   * @param unchecked number of receipts that could not be checked, because neither their commit nor
   *     the commit of their note is in this repository
   * @param findings the errors, each with a code: {@code RECEIPT_INVALID}, {@code
   *     RECEIPT_COMMIT_MISMATCH}, {@code RECEIPT_ARTIFACT_CHANGED}; empty if there are none
   */
  record ReceiptCheck(int receipts, int unchecked, List<Problem> findings) {
    public ReceiptCheck {
      findings = List.copyOf(findings);
    }
  }
}
