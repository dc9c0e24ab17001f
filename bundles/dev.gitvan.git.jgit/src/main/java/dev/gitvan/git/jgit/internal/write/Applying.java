package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Documents;
import dev.gitvan.git.jgit.internal.refs.Failpoint;
import dev.gitvan.git.jgit.internal.refs.Recovery;
import dev.gitvan.git.jgit.internal.refs.RefTransaction;
import dev.gitvan.git.jgit.internal.refs.SharedPermissions;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import dev.gitvan.process.ProcessLauncher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Writes a batch of transactions: at most one that moves branch, tags or notes, and any number of
 * receipts. Whatever a ref has become meanwhile is read again and built upon; nothing is ever
 * forced.
 */
final class Applying {
  /** How long a branch may keep moving under our hands. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  private final Documents documents;
  private final Metrics metrics;
  private final ProcessLauncher launcher;
  private final Failpoint failpoint;

  Applying(Documents documents, Metrics metrics, ProcessLauncher launcher, Failpoint failpoint) {
    this.documents = documents;
    this.metrics = metrics;
    this.launcher = launcher;
    this.failpoint = failpoint;
  }

  /**
   * Applies requests and sets their outcomes.
   *
   * @param batch the first may move more than receipts
   */
  void apply(List<Request> batch) throws IOException {
    var pending = new ArrayList<>(batch);
    long start = System.nanoTime();
    while (!pending.isEmpty()) {
      try {
        if (attempt(pending)) {
          return;
        }
        // Only the first cannot be applied: the receipts of the others can.
        pending.remove(0);
      } catch (RefTransaction.Moved e) {
        if (System.nanoTime() - start > PATIENCE) {
          throw GitVanException.of(
              Codes.REPO_MOVED,
              e.getMessage(),
              "other programs keep moving this ref",
              "Run it again when they are done.");
        }
      }
    }
  }

  /** Returns false when the first request has failed by itself. */
  private boolean attempt(List<Request> pending) throws RefTransaction.Moved, IOException {
    var first = pending.get(0);
    var repository = first.opened.worktree().repository();
    var permissions = SharedPermissions.of(first.settings);
    try (var attempt = new Attempt(pending, permissions, documents, launcher, failpoint)) {
      try {
        attempt.stage();
      } catch (GitVanException e) {
        first.fail(e);
        return false;
      }
      long start = System.nanoTime();
      try {
        new RefTransaction(
                attempt.files(),
                new Recovery(repository, permissions),
                permissions,
                failpoint,
                pending.stream().anyMatch(request -> request.durable),
                first.opened.debug())
            .run(attempt);
      } catch (GitVanException e) {
        if (attempt.isFirstRefused()) {
          first.fail(e);
          return false;
        }
        throw e;
      }
      metrics.recorder(Operation.GIT_REFS_BATCH).since(start);
      attempt.succeed();
      return true;
    }
  }
}
