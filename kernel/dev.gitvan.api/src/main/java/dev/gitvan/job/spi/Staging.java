package dev.gitvan.job.spi;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a job stages on its run's transaction: commits, tags, notes and ref updates. The runner
 * applies all of them together with the receipt in one atomic step when the run ends well, and none
 * of them otherwise. Safe for any thread, one call at a time; not usable after the attempt has
 * ended.
 */
@ProviderType
public interface Staging {
  /** The refs when the transaction began. */
  Base base();

  /** The commit that the branch will point to: the last one staged, else the base's head. */
  Optional<String> head();

  /**
   * Stages a commit of paths as they are in the worktree, like {@code git commit --only}, new files
   * included. Its trailers {@code Gitvan-Run} and {@code Gitvan-Job} name the run and the job that
   * call this.
   *
   * @return its object id, which other processes can read at once (in a dry run it is not written);
   *     empty when the paths contain no change
   * @throws dev.gitvan.diagnostics.GitVanException {@code HEAD_DETACHED}, {@code REPO_IN_PROGRESS},
   *     {@code REPO_BARE}, {@code OUTPUT_NOT_FOUND} for a pathspec that matches nothing, {@code
   *     OUTPUT_FORBIDDEN_PATH} for one that names an ignored file, {@code IDENTITY_MISSING}, {@code
   *     SIGNING_FAILED}, {@code FILTER_UNSUPPORTED}
   */
  Optional<String> commit(CommitSpec spec);

  /**
   * Stages an annotated tag.
   *
   * @return the tag object's id
   * @throws dev.gitvan.diagnostics.GitVanException {@code REF_INVALID}, {@code
   *     ARG_LOOKS_LIKE_OPTION}, {@code REF_EXISTS}, {@code REPO_EMPTY}, {@code OBJECT_NOT_FOUND}
   */
  String tag(TagSpec spec);

  /**
   * Stages a note, or the removal of one.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code REF_INVALID}, {@code REPO_EMPTY}, {@code
   *     OBJECT_NOT_FOUND}
   */
  void note(NoteSpec spec);

  /**
   * Stages that a ref is created, moved or deleted. Only {@link #commit} moves the branch that is
   * checked out.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code REF_INVALID}, {@code REF_EXISTS}, {@code
   *     REF_CHECKED_OUT}, {@code OBJECT_NOT_FOUND}, {@code REPO_MOVED} when the ref is not what is
   *     expected
   */
  void move(RefSpec spec);

  /**
   * Makes the transaction depend on a lock: if the run has outlived its lease when the transaction
   * is applied, it fails as a whole with {@code LOCK_LOST}.
   *
   * @param lock the lock's name
   * @param token identifies the holder; both as in the fence of the lock
   */
  void fence(String lock, String token);

  /**
   * Begins again at the refs as they are now, after the run itself has moved them by other means.
   *
   * @return the new base
   * @throws dev.gitvan.diagnostics.GitVanException {@code RUN_STAGED} when something is staged
   */
  Base restart();

  /** The staged ref updates, without that of the receipts. Those of notes are estimates. */
  List<RefChange> staged();

  /**
   * The refs at a transaction's beginning.
   *
   * @param head object id; empty in a repository without commits
   * @param branch full ref name; empty when HEAD is detached
   */
  record Base(String head, String branch) {}

  /**
   * A commit to make.
   *
   * @param paths Git's pathspecs, relative to the worktree, with {@code /}: files, directories and
   *     patterns
   * @param author author of the change; null for the one that Git's configuration names, now
   * @param exact whether the paths are names of files instead, which are committed as they are:
   *     changed, deleted, ignored or absent
   */
  record CommitSpec(String message, List<String> paths, Person author, boolean exact) {
    public CommitSpec {
      paths = List.copyOf(paths);
    }

    /** A commit of what pathspecs match. */
    public CommitSpec(String message, List<String> paths, Person author) {
      this(message, paths, author, false);
    }

    /** A commit of what pathspecs match, whose author Git's configuration names. */
    public CommitSpec(String message, List<String> paths) {
      this(message, paths, null);
    }
  }

  /** A person, with the time of a change. */
  record Person(String name, String email, OffsetDateTime when) {}

  /**
   * A tag to make.
   *
   * @param name without {@code refs/tags/}
   * @param target full id of the object; null for {@link #head}
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
   * @param target full id of the object; null for {@link #head}
   */
  record NoteSpec(String ref, String message, String target, NoteMode mode) {
    /** A note added to the head's. */
    public NoteSpec(String ref, String message) {
      this(ref, message, null, NoteMode.APPEND);
    }
  }

  /** What happens to an existing note. */
  enum NoteMode {
    /** It is kept, and the new one is added after a blank line. */
    APPEND,
    /** It is replaced. */
    REPLACE,
    /** It is removed. */
    REMOVE
  }

  /**
   * A ref to create, move or delete.
   *
   * @param ref the full name
   * @param expected full id of the object that the ref must point to; empty if it must not exist;
   *     null for whatever it points to when the update is staged
   * @param target full id of the object that the ref will point to; empty to delete it
   * @param reason for the reflog; may be empty
   */
  record RefSpec(String ref, String expected, String target, String reason) {}

  /**
   * A staged ref update.
   *
   * @param oldId empty if the ref is created
   * @param newId empty if the ref is deleted
   */
  record RefChange(String ref, String oldId, String newId) {}
}
