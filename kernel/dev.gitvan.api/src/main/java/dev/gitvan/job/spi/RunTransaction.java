package dev.gitvan.job.spi;

import dev.gitvan.job.Artifact;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.spi.Staging.Base;
import dev.gitvan.job.spi.Staging.CommitSpec;
import dev.gitvan.job.spi.Staging.NoteSpec;
import dev.gitvan.job.spi.Staging.RefChange;
import dev.gitvan.job.spi.Staging.RefSpec;
import dev.gitvan.job.spi.Staging.TagSpec;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A run's transaction on Git, as the runner uses it. What is staged becomes objects and ref
 * updates; {@link #apply} moves all refs and writes the receipts in one atomic step, or moves none.
 * Jobs use {@link Staging}, whose methods describe what each operation does. Safe for any thread,
 * one call at a time.
 */
@ConsumerType
public interface RunTransaction extends AutoCloseable {
  /** As {@link Staging#base}. */
  Base base();

  /** As {@link Staging#head}. */
  Optional<String> head();

  /**
   * Checks that what a job is certain to stage can be staged as things are now. Stages nothing.
   *
   * @throws dev.gitvan.diagnostics.GitVanException as the operation would: {@code HEAD_DETACHED},
   *     {@code REPO_IN_PROGRESS}, {@code REPO_EMPTY}, {@code REPO_BARE}, {@code IDENTITY_MISSING},
   *     {@code SIGNING_FAILED}, {@code REF_EXISTS}, {@code REF_INVALID}, ...
   */
  void require(List<StagingNeed> needs);

  /**
   * As {@link Staging#commit}.
   *
   * @param origin the run that makes the commit
   */
  Optional<String> commit(CommitSpec spec, CommitOrigin origin);

  /** As {@link Staging#tag}. */
  String tag(TagSpec spec);

  /** As {@link Staging#note}. */
  void note(NoteSpec spec);

  /** As {@link Staging#move}. */
  void move(RefSpec spec);

  /** As {@link Staging#fence}. */
  void fence(String lock, String token);

  /** As {@link Staging#restart}. */
  Base restart();

  /** As {@link Staging#staged}. */
  List<RefChange> staged();

  /**
   * Applies everything staged together with the lines of the receipts, in one atomic ref
   * transaction, and then refreshes the index. After it, only {@link #close} may be called.
   *
   * @param receipts the run's own first, then those of nested runs
   * @return the receipts as written, with the commits that were made
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_MOVED}, {@code HEAD_MOVED}, {@code
   *     REPO_LOCKED}, {@code DISK_FULL}, ...: no ref has moved, and after {@link #discard} the
   *     transaction can write receipts
   */
  List<Receipt> apply(List<Receipt> receipts);

  /** Drops everything staged. The transaction can still write receipts. */
  void discard();

  /** Releases resources. What was not applied is dropped. */
  @Override
  void close();

  /**
   * The run that makes a commit. It comes from the runner, so that a plugin cannot make a commit in
   * the name of another run.
   *
   * @param runId for the trailer {@code Gitvan-Run}
   * @param job for the trailer {@code Gitvan-Job}
   * @param drafts in a dry run: files as they would be by then, which replace the worktree's
   * @param complete whether the drafts are all that would have changed; if not, a pathspec may
   *     match nothing
   */
  record CommitOrigin(String runId, String job, List<Artifact> drafts, boolean complete) {
    public CommitOrigin {
      drafts = List.copyOf(drafts);
    }

    /** A commit of the files as they are. */
    public CommitOrigin(String runId, String job) {
      this(runId, job, List.of(), true);
    }
  }
}
