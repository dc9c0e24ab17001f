package dev.gitvan.git;

import dev.gitvan.job.Deadline;
import dev.gitvan.repository.WorktreeId;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Exchanges receipts with another repository: fetches theirs, brings both together so that no
 * receipt of either is lost, and gives ours. Safe for any thread.
 */
@ProviderType
public interface ReceiptSync {
  /**
   * Sets what lets receipts follow their commits: {@code notes.rewriteRef}, so that amended and
   * rebased commits keep them, and the remote's fetch refspec, so that {@code git fetch} brings
   * theirs along, into refs of their own. What is set already stays.
   *
   * @param remote a remote's name; null: only {@code notes.rewriteRef}
   * @param dryRun whether only to tell what would be set
   * @return what was set, as {@code key value}; empty when all was
   * @throws dev.gitvan.diagnostics.GitVanException {@code REMOTE_NOT_FOUND}, {@code REPO_LOCKED}
   */
  List<String> setUp(WorktreeId worktree, String remote, boolean dryRun, Caller caller);

  /**
   * Sets up a remote that has a name, fetches, merges, and pushes if that is asked for.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code REMOTE_*}, {@code URL_SCHEME_DENIED},
   *     {@code ARG_LOOKS_LIKE_OPTION}, {@code REPO_MOVED} when the remote kept moving, {@code
   *     TIMEOUT}
   */
  Report sync(WorktreeId worktree, Request request, Caller caller);

  /**
   * Who asks.
   *
   * @param environment in which credential helpers and agents work; no prompt appears
   * @param deadline by which it must have ended
   */
  record Caller(Map<String, String> environment, Deadline deadline) {
    public Caller {
      environment = Map.copyOf(environment);
    }
  }

  /**
   * What is asked for.
   *
   * @param remote a name, URL or path; empty: the remote that {@code git fetch} would use
   * @param push whether to give our receipts, too
   * @param dryRun whether only to look
   */
  record Request(String remote, boolean push, boolean dryRun) {}

  /**
   * What was done, or would be.
   *
   * @param remote its name or URL, without credentials
   * @param configured what was set, as {@code key value}
   * @param received receipts that were not here; in a dry run only of what was fetched before
   * @param sent receipts that the remote had not
   * @param state how the two stand afterwards
   */
  record Report(String remote, List<String> configured, int received, int sent, State state) {
    public Report {
      configured = List.copyOf(configured);
    }
  }

  /** How two repositories' receipts stand to each other. */
  enum State {
    /** Both have the same. */
    SAME,
    /** There are receipts here that the remote has not. */
    AHEAD,
    /** There are receipts there that are not here. */
    BEHIND,
    /** Each has some that the other has not. */
    DIVERGED
  }
}
