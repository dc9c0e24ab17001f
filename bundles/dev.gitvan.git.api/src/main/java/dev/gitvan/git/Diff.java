package dev.gitvan.git;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Differences between revisions, the index and the files of the worktree, made by the {@code git}
 * command: rename detection and patches are Git's own. External diff programs and text conversions
 * are never run. Plain paths between two revisions come faster from {@link
 * GitRepository#changedPaths}. Safe for any thread.
 *
 * <p>All methods throw {@code OBJECT_NOT_FOUND}, {@code OBJECT_AMBIGUOUS}, {@code
 * ARG_LOOKS_LIKE_OPTION}; {@code REPO_BARE} where the index or files are asked for; {@code
 * FILTER_UNSUPPORTED} for files with a clean filter that only the repository defines; {@code
 * OUTPUT_LIMIT}, {@code GIT_UNAVAILABLE}.
 *
 * @see GitRepository#diff
 */
@ProviderType
public interface Diff {
  /** The files that differ, in the order of their paths' bytes. */
  List<FileDiff> files(DiffQuery query);

  /**
   * The differences as a patch that {@code git apply} takes, binary files included; bytes that are
   * not UTF-8 are replaced.
   */
  String patch(DiffQuery query);

  /**
   * A file that differs.
   *
   * @param oldPath what a renamed or copied file was called; else the path
   * @param oldMode the Git file mode, such as {@code 0100644}; 0 when it was not there
   * @param mode 0 when it is gone
   * @param oldId zeros when it was not there
   * @param id zeros when it is gone, or when it is a file of the worktree that was not hashed
   * @param similarity of a renamed or copied file, in percent; else 0
   * @param added lines; -1 in a binary file
   * @param deleted lines; -1 in a binary file
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
    /** A file became a symbolic link, or a link a submodule. */
    TYPE_CHANGED,
    /** It is in conflict. */
    UNMERGED
  }
}
