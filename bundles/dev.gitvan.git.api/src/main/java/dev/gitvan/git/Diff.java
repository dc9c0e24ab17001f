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
