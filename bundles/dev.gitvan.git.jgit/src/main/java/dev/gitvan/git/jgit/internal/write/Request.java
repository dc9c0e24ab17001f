package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.git.Fence;
import dev.gitvan.git.jgit.internal.settings.Opened;
import dev.gitvan.git.jgit.internal.settings.Settings;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.spi.Staging.Base;
import java.util.List;

/**
 * A transaction on its way into the repository. The thread that applies it sets its outcome; the
 * one that waits reads it under the writer's lock.
 */
final class Request {
  final Opened opened;
  final Settings settings;
  final boolean durable;
  final Base base;
  final List<StagedCommit> commits;
  final List<StagedTag> tags;
  final List<StagedNote> notes;
  final List<StagedRef> refs;
  final List<Fence> fences;
  final List<Receipt> receipts;

  private List<Receipt> written;
  private RuntimeException failure;

  Request(
      Opened opened,
      Settings settings,
      boolean durable,
      Base base,
      List<StagedCommit> commits,
      List<StagedTag> tags,
      List<StagedNote> notes,
      List<StagedRef> refs,
      List<Fence> fences,
      List<Receipt> receipts) {
    this.opened = opened;
    this.settings = settings;
    this.durable = durable;
    this.base = base;
    this.commits = List.copyOf(commits);
    this.tags = List.copyOf(tags);
    this.notes = List.copyOf(notes);
    this.refs = List.copyOf(refs);
    this.fences = List.copyOf(fences);
    this.receipts = List.copyOf(receipts);
  }

  /** Whether it moves no ref but that of the receipts, and so can share one commit with others. */
  boolean isReceiptsOnly() {
    return commits.isEmpty()
        && tags.isEmpty()
        && notes.isEmpty()
        && refs.isEmpty()
        && fences.isEmpty();
  }

  boolean isDone() {
    return written != null || failure != null;
  }

  void succeed(List<Receipt> receipts) {
    written = receipts;
  }

  void fail(RuntimeException problem) {
    failure = problem;
  }

  /** The receipts as written, or the failure. */
  List<Receipt> outcome() {
    if (failure != null) {
      throw failure;
    }
    return written;
  }
}
