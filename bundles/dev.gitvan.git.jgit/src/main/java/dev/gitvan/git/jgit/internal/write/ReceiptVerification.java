package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.document.Documents;
import dev.gitvan.git.jgit.internal.settings.Opened;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.spi.RunTransactions.ReceiptCheck;
import java.io.IOException;
import java.util.LinkedHashMap;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Checks receipts: each parses and is its run's only one; the commit that it names carries the
 * run's trailer, and the artifacts that were committed have the recorded content; those that lie in
 * the worktree have it still.
 */
final class ReceiptVerification {
  private final Opened opened;
  private final Documents documents;

  ReceiptVerification(Opened opened, Documents documents) {
    this.opened = opened;
    this.documents = documents;
  }

  /** Checks the lines that look like receipts. */
  ReceiptCheck check(ReceiptLog log) throws IOException {
    var findings = new Findings();
    var receipts = new LinkedHashMap<ReceiptLog.Line, Receipt>();
    int lines = 0;
    for (var line : log.lines()) {
      if (!line.isReceipt()) {
        continue;
      }
      lines++;
      if (line.isContradicted()) {
        findings.invalid(line.id(), "there are two different receipts of this run");
      }
      try {
        receipts.put(line, ReceiptLog.parse(line, documents));
      } catch (IllegalArgumentException e) {
        findings.invalid(line.id(), "it cannot be parsed: " + e.getMessage());
      }
    }
    try (var walk = new RevWalk(opened.repository())) {
      var custody = new Custody(opened.repository(), walk, receipts.values(), findings);
      int unchecked = 0;
      for (var entry : receipts.entrySet()) {
        unchecked += custody.check(entry.getValue(), entry.getKey().targets()) ? 0 : 1;
      }
      if (!opened.worktree().isBare()) {
        new WorktreeArtifacts(opened, walk, findings).check(receipts);
      }
      return new ReceiptCheck(lines, unchecked, findings.all());
    }
  }
}
