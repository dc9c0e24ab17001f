package dev.gitvan.job.spi;

import dev.gitvan.job.Receipt;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A run's transaction on Git. Commits, tags and notes are staged as objects and ref updates; {@link
 * #apply} moves all refs and writes the receipts in one atomic step, or moves none. Safe for any
 * thread, one call at a time.
 */
@ConsumerType
public interface RunTransaction extends AutoCloseable {
  /** The refs at the beginning. */
  Base base();

  /** The commit that the branch will point to: the last one staged, else the base's head. */
  Optional<String> head();

  /**
   * Stages a commit of named paths as they are in the worktree, like {@code git commit --only}.
   *
   * @return its object id, readable by other processes at once (in a dry run: not written); empty
   *     when the paths hold no change
   * @throws dev.gitvan.diagnostics.GitVanException {@code HEAD_DETACHED}, {@code REPO_IN_PROGRESS},
   *     {@code REPO_BARE}, {@code IDENTITY_MISSING}, {@code SIGNING_FAILED}, {@code
   *     FILTER_UNSUPPORTED}
   */
  Optional<String> commit(CommitSpec spec);

  /**
   * Stages an annotated tag of {@link #head}.
   *
   * @return the tag object's id
   * @throws dev.gitvan.diagnostics.GitVanException {@code REF_INVALID}, {@code REF_EXISTS}, {@code
   *     REPO_EMPTY}
   */
  String tag(TagSpec spec);

  /**
   * Stages a note on {@link #head}; appended with a blank line between when there is one already.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code REF_INVALID}, {@code REPO_EMPTY}
   */
  void note(NoteSpec spec);

  /** The ref updates that {@link #apply} would make, without that of the receipts. */
  List<RefChange> staged();

  /**
   * Applies everything staged together with the receipts' lines, in one atomic ref transaction;
   * then refreshes the index. Afterwards only {@link #close} may be called.
   *
   * @param receipts the run's own first, then those of nested runs
   * @return the receipts as written: with the commits that were made
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_MOVED}, {@code HEAD_MOVED}, {@code
   *     REPO_LOCKED}, {@code DISK_FULL}, ...: no ref has moved then, and {@link #discard} leads to
   *     a transaction that can write receipts
   */
  List<Receipt> apply(List<Receipt> receipts);

  /** Forgets everything staged; the transaction can still write receipts. */
  void discard();

  /** Releases what it holds. What was not applied is gone. */
  @Override
  void close();

  /**
   * The refs at a transaction's beginning.
   *
   * @param head object id, or empty in a repository without commits
   * @param branch full ref name, or empty when HEAD is detached
   */
  record Base(String head, String branch) {}

  /**
   * A commit to make.
   *
   * @param runId for the trailer {@code Gitvan-Run}
   * @param job for the trailer {@code Gitvan-Job}
   * @param paths below the worktree, with {@code /}: files, or directories with all that is below
   */
  record CommitSpec(String runId, String job, String message, List<String> paths) {
    public CommitSpec {
      paths = List.copyOf(paths);
    }
  }

  /**
   * A tag to make.
   *
   * @param name without {@code refs/tags/}
   */
  record TagSpec(String name, String message) {}

  /**
   * A note to add.
   *
   * @param ref full name below {@code refs/notes/}
   */
  record NoteSpec(String ref, String message) {}

  /**
   * A staged ref update.
   *
   * @param oldId empty: the ref is created
   */
  record RefChange(String ref, String oldId, String newId) {}
}
