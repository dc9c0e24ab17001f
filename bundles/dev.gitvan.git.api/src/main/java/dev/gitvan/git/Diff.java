package dev.gitvan.git;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Differences between revisions, the index and the files of the worktree, computed by the {@code
 * git} command, with Git's own rename detection and patch format. External diff programs and text
 * conversions are never run. For plain paths between two revisions, {@link
 * GitRepository#changedPaths} is faster. Safe for any thread.
 *
 * <p>All methods throw {@code OBJECT_NOT_FOUND}, {@code OBJECT_AMBIGUOUS}, {@code
 * ARG_LOOKS_LIKE_OPTION}; {@code REPO_BARE} if the query includes the index or files; {@code
 * FILTER_UNSUPPORTED} for files with a clean filter that only the repository defines; {@code
 * OUTPUT_LIMIT}, {@code GIT_UNAVAILABLE}.
 *
 * @see GitRepository#diff
 */
@ProviderType
public interface Diff {
  /** The files that differ, ordered by the bytes of their paths. */
  List<FileDiff> files(DiffQuery query);

  /**
   * The differences as a patch for {@code git apply}, including binary files; bytes that are not
   * UTF-8 are replaced.
   */
  String patch(DiffQuery query);

  /**
   * A file that differs.
   *
   * @param oldPath previous path of a renamed or copied file; else the path
   * @param oldMode the Git file mode, such as {@code 0100644}; 0 if the file did not exist
   * @param mode the new file mode; 0 if the file was deleted
   * @param oldId zeros if the file did not exist
   * @param id zeros if the file was deleted, or is in the worktree and was not hashed
   * @param similarity of a renamed or copied file, in percent; else 0
   * @param added number of added lines; -1 for a binary file
   * @param deleted number of deleted lines; -1 for a binary file
   */
  record FileDiff(
      Kind kind,
      String oldPath,
      String path,
      int oldMode,
      int mode,
      String oldId,
      String id,
      int similarity,
      long added,
      long deleted) {
    public boolean isBinary() {
      return added < 0;
    }
  }

  /** How a file differs. */
  enum Kind {
    ADDED,
    MODIFIED,
    DELETED,
    RENAMED,
    COPIED,
    /** The type changed, for example from a file to a symbolic link. */
    TYPE_CHANGED,
    /** It has conflicts. */
    UNMERGED
  }
}
