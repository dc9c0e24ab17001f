package dev.gitvan.git;

import java.time.OffsetDateTime;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Commits and how they hang together; their walk is {@link GitRepository#history}. Safe for any
 * thread.
 *
 * <p>All methods throw {@code OBJECT_NOT_FOUND}, {@code OBJECT_AMBIGUOUS} and {@code
 * ARG_LOOKS_LIKE_OPTION} for revisions that name no commit.
 *
 * @see GitRepository#commits
 */
@ProviderType
public interface CommitGraph {
  /** A commit, tags followed. */
  CommitDetails find(String revision);

  /** Whether a commit can be reached from another one, or is that one. */
  boolean isAncestor(String ancestor, String descendant);

  /**
   * The best common ancestors of two commits, as {@code git merge-base --all} finds them: one,
   * several after criss-cross merges, or none; in no order.
   */
  List<String> mergeBases(String one, String other);

  /** How many commits a query gives. */
  long count(HistoryQuery query);

  /**
   * The ids of the commits that a query gives, newest first.
   *
   * @param limit at most so many
   */
  List<String> ids(HistoryQuery query, int limit);

  /** How far two commits are apart. */
  Divergence divergence(String ours, String theirs);

  /**
   * Who wrote the commits of a history, most commits first, names mapped by {@code .mailmap}; as
   * {@code git shortlog -sne}. Uses the {@code git} command.
   *
   * @param exclude revisions whose history is left out
   */
  List<Contributor> contributors(String from, List<String> exclude);

  /** Whether history was cut off when this was cloned or fetched. */
  boolean isShallow();

  /**
   * A commit with all that it says.
   *
   * @param tree its tree's id
   * @param committed with the committer's offset
   * @param trailers the lines {@code Key: value} of the message's last paragraph
   * @param signed whether it carries a signature; it was not checked
   */
  record CommitDetails(
      Commit commit,
      String tree,
      String committer,
      String committerEmail,
      OffsetDateTime committed,
      List<Trailer> trailers,
      boolean signed) {
    public CommitDetails {
      trailers = List.copyOf(trailers);
    }
  }

  /** A line {@code key: value}; further lines of the value are joined by blanks. */
  record Trailer(String key, String value) {}

  /**
   * How far two commits are apart.
   *
   * @param ahead commits that only ours has
   * @param behind commits that only theirs has
   */
  record Divergence(long ahead, long behind) {}

  /** An author and how many commits are theirs. */
  record Contributor(String name, String email, long commits) {}
}
