package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.Problem;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with receipts, one line each. */
final class Findings {
  private final List<Problem> problems = new ArrayList<>();

  /** A line that is no receipt, or not the only one of its run. */
  void invalid(String id, String what) {
    add(
        Codes.RECEIPT_INVALID,
        id,
        what,
        "`git log -p " + ReceiptNotes.REF + "` shows who wrote it.");
  }

  /** A commit that does not say that the run made it. */
  void mismatch(String id, String what) {
    add(
        Codes.RECEIPT_COMMIT_MISMATCH,
        id,
        what,
        "`git log -p " + ReceiptNotes.REF + "` shows who wrote it.");
  }

  /** A file that is not what the run wrote. */
  void changed(String id, String what, String remedy) {
    add(Codes.RECEIPT_ARTIFACT_CHANGED, id, what, remedy);
  }

  private void add(ErrorCode code, String id, String what, String remedy) {
    problems.add(new Problem(code, id, what, remedy));
  }

  List<Problem> all() {
    return problems;
  }
}
