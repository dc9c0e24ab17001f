package dev.gitvan.job.spi;

import dev.gitvan.job.Artifact;
import dev.gitvan.job.Receipt;
import java.time.OffsetDateTime;
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
   * Stages an annotated tag.
   *
   * @return the tag object's id
   * @throws dev.gitvan.diagnostics.GitVanException {@code REF_INVALID}, {@code REF_EXISTS}, {@code
   *     REPO_EMPTY}, {@code OBJECT_NOT_FOUND}
   */
  String tag(TagSpec spec);

  /**
   * Stages a note, or that one goes.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code REF_INVALID}, {@code REPO_EMPTY}, {@code
   *     OBJECT_NOT_FOUND}
   */
  void note(NoteSpec spec);

  /**
   * Stages that a ref is created, moved or deleted. The branch that is checked out moves by {@link
   * #commit} only.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code REF_INVALID}, {@code REF_EXISTS}, {@code
   *     REF_CHECKED_OUT}, {@code REPO_MOVED} when it is not what is expected, {@code
   *     OBJECT_NOT_FOUND}
   */
  void move(RefSpec spec);

  /**
   * Applies it only while a lock is held: what a run does that has slept past its lease is refused
   * as a whole, with {@code LOCK_LOST}.
   *
   * @param lock the lock's name
   * @param token tells its holder from every other; both as in the fence of the lock
   */
  void fence(String lock, String token);

  /**
   * Begins again at the refs as they are now: after the run itself has moved them otherwise.
   *
   * @return the new base
   * @throws dev.gitvan.diagnostics.GitVanException {@code RUN_STAGED} when something is staged
   */
  Base restart();

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
   * @param author who wrote the change; null: whom Git's configuration names, now
   * @param drafts in a dry run: files as they would be by then, which count as the worktree's
   */
  record CommitSpec(
      String runId,
      String job,
      String message,
      List<String> paths,
      Person author,
      List<Artifact> drafts) {
    public CommitSpec {
      paths = List.copyOf(paths);
      drafts = List.copyOf(drafts);
    }

    /** A commit of the files as they are. */
    public CommitSpec(String runId, String job, String message, List<String> paths, Person author) {
      this(runId, job, message, paths, author, List.of());
    }

    /** A commit by whom Git's configuration names. */
    public CommitSpec(String runId, String job, String message, List<String> paths) {
      this(runId, job, message, paths, null);
    }

    /** The same with drafts. */
    public CommitSpec withDrafts(List<Artifact> files) {
      return new CommitSpec(runId, job, message, paths, author, files);
    }
  }

  /** Somebody, at a moment. */
  record Person(String name, String email, OffsetDateTime when) {}

  /**
   * A tag to make.
   *
   * @param name without {@code refs/tags/}
   * @param target full id of the object; null: {@link #head}
   */
  record TagSpec(String name, String message, String target) {
    /** A tag of the head. */
    public TagSpec(String name, String message) {
      this(name, message, null);
    }
  }

  /**
   * A note to write.
   *
   * @param ref full name below {@code refs/notes/}
   * @param target full id of the object; null: {@link #head}
   */
  record NoteSpec(String ref, String message, String target, NoteMode mode) {
    /** A note added to the head's. */
    public NoteSpec(String ref, String message) {
      this(ref, message, null, NoteMode.APPEND);
    }
  }

  /** What happens to a note that is there already. */
  enum NoteMode {
    /** It stays, and the new one follows after a blank line. */
    APPEND,
    /** It is replaced. */
    REPLACE,
    /** It goes, and none follows. */
    REMOVE
  }

  /**
   * A ref to create, move or delete.
   *
   * @param ref the full name
   * @param expected full id of the object that it must name; empty: it must not exist; null:
   *     whatever it is when it is staged
   * @param target full id of the object that it will name; empty: it is deleted
   * @param reason for the reflog; may be empty
   */
  record RefSpec(String ref, String expected, String target, String reason) {}

  /**
   * A staged ref update.
   *
   * @param oldId empty: the ref is created
   * @param newId empty: the ref is deleted
   */
  record RefChange(String ref, String oldId, String newId) {}
}
