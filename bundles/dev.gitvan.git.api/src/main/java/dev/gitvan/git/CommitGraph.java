package dev.gitvan.git;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Commits and their ancestry. For walking the history see {@link GitRepository#history}. Safe for
 * any thread.
 *
 * <p>All methods throw {@code OBJECT_NOT_FOUND}, {@code OBJECT_AMBIGUOUS} and {@code
 * ARG_LOOKS_LIKE_OPTION} for revisions that do not resolve to a commit.
 *
 * @see GitRepository#commits
 */
@ProviderType
public interface CommitGraph {
  /** Returns a commit; tags are dereferenced. */
  CommitDetails find(String revision);

  /** Whether a commit is an ancestor of another one, or the same. */
  boolean isAncestor(String ancestor, String descendant);

  /**
   * The best common ancestors of two commits, as in {@code git merge-base --all}: one, several
   * after criss-cross merges, or none; unordered.
   */
  List<String> mergeBases(String one, String other);

  /** The number of commits that match a query. */
  long count(HistoryQuery query);

  /**
   * The ids of the commits that match a query, newest first.
   *
   * @param limit maximum number
   */
  List<String> ids(HistoryQuery query, int limit);

  /**
   * Divides the history of a commit at some of its commits, in one walk without reading messages.
   *
   * @param ends names of objects, oldest first. An end that the history does not contain, or that
   *     is not a commit, has no part
   */
  DividedHistory divide(String revision, List<String> ends);

  /** The number of commits that two histories do not share. */
  Divergence divergence(String ours, String theirs);

  /**
   * The authors of a history, most commits first, mapped by {@code .mailmap}, as in {@code git
   * shortlog -sne}. Uses the {@code git} command.
   *
   * @param exclude revisions whose history is excluded
   */
  List<Contributor> contributors(String from, List<String> exclude);

  /**
   * The short name of an object, as {@code %h} in {@code git log}: the shortest prefix of its id
   * that no other object has, with at least as many digits as {@code core.abbrev} says.
   *
   * @param objectId 40 hexadecimal digits
   */
  String abbreviate(String objectId);

  /** Whether the repository is a shallow clone. */
  boolean isShallow();

  /** A line {@code key: value}; continuation lines are joined by spaces. */
  record Trailer(String key, String value) {}

  /**
   * The number of commits that two histories do not share.
   *
   * @param ahead number of commits that are only in ours
   * @param behind number of commits that are only in theirs
   */
  record Divergence(long ahead, long behind) {}

  /** An author and the number of their commits. */
  record Contributor(String name, String email, long commits) {}
}
