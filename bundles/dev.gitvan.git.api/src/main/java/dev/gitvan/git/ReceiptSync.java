package dev.gitvan.git;

import dev.gitvan.job.Deadline;
import dev.gitvan.repository.WorktreeId;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Exchanges receipts with another repository: fetches its receipts, merges both sides without
 * losing a receipt, and pushes the result. Safe for any thread.
 */
@ProviderType
public interface ReceiptSync {
  /**
   * Configures Git so that receipts follow their commits: {@code notes.rewriteRef}, so that amended
   * and rebased commits keep them, and the remote's fetch refspec, so that {@code git fetch}
   * includes the remote's receipts in separate refs. Existing settings are kept.
   *
   * @param remote name of the remote; null: only {@code notes.rewriteRef}
   * @param dryRun whether to only report what would be set
   * @return the new settings, as {@code key value}; empty if all were set before
   * @throws dev.gitvan.diagnostics.GitVanException {@code REMOTE_NOT_FOUND}, {@code REPO_LOCKED}
   */
  List<String> setUp(WorktreeId worktree, String remote, boolean dryRun, Caller caller);

  /**
   * Sets up a named remote, fetches, merges, and pushes if requested.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code REMOTE_*}, {@code URL_SCHEME_DENIED},
   *     {@code ARG_LOOKS_LIKE_OPTION}, {@code REPO_MOVED} if the remote kept moving, {@code
   *     TIMEOUT}
   */
  Report sync(WorktreeId worktree, Request request, Caller caller);

  /**
   * The caller of a sync.
   *
   * @param environment environment of credential helpers and agents; there are no prompts
   * @param deadline deadline of the sync
   */
  record Caller(Map<String, String> environment, Deadline deadline) {
    public Caller {
      environment = Map.copyOf(environment);
    }
  }

  /**
   * The options of a sync.
   *
   * @param remote name, URL or path; empty: the default remote of {@code git fetch}
   * @param push whether to push local receipts, too
   * @param dryRun whether to only report what would be done
   */
  record Request(String remote, boolean push, boolean dryRun) {}

  /**
   * The result of a sync, or of its dry run.
   *
   * @param remote name or URL of the remote, without credentials
   * @param configured the new settings, as {@code key value}
   * @param received number of new local receipts; in a dry run only those that were fetched before
   * @param sent number of receipts that were sent
   * @param state state of both sides afterwards
   */
  record Report(String remote, List<String> configured, int received, int sent, State state) {
    public Report {
      configured = List.copyOf(configured);
    }
  }

  /** The relation between the receipts of two repositories. */
  enum State {
    /** Both have the same receipts. */
    SAME,
    /** The remote lacks local receipts. */
    AHEAD,
    /** The remote has receipts that are missing here. */
    BEHIND,
    /** Both sides have receipts that the other lacks. */
    DIVERGED
  }
}
