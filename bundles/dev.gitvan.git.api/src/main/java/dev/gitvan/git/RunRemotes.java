package dev.gitvan.git;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Remotes, and speaking with them. See {@link RunRepository} for the kinds.
 *
 * <p>A remote is a configured one's name, or a URL: {@code https}, {@code http}, {@code ssh} or a
 * path, else {@code URL_SCHEME_DENIED}. All methods that speak with one throw {@code
 * REMOTE_NOT_FOUND}, {@code REMOTE_AUTH}, {@code REMOTE_UNREACHABLE}, {@code REMOTE_REJECTED},
 * {@code REMOTE_REF_NOT_FOUND}, {@code ARG_LOOKS_LIKE_OPTION}. Credentials come from the user's own
 * credential helpers and SSH keys.
 */
@ProviderType
public interface RunRemotes extends Remotes {
  /**
   * The refs that a remote has now, by name. Changes nothing, and is allowed in a dry run.
   *
   * @param patterns as {@code git ls-remote} takes them; none: all
   */
  List<GitRepository.Ref> listRefs(String remote, List<String> patterns);

  /**
   * Immediate: fetches.
   *
   * @return the refs that have changed here meanwhile, by name
   */
  List<GitRefs.RefMove> fetch(FetchSpec spec);

  /**
   * Immediate: pushes. What is staged is not there yet, and not pushed.
   *
   * @return what became of each ref
   */
  List<Pushed> push(PushSpec spec);

  /**
   * Immediate: fetches a branch and brings it together with the one that is checked out. Refused
   * once something is staged.
   *
   * @throws dev.gitvan.diagnostics.GitVanException as {@link Operations#merge}
   */
  Operations.Merged pull(PullSpec spec);

  /**
   * Immediate: configures a remote.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code REF_EXISTS}, {@code REF_INVALID}
   */
  void add(String name, String url);

  /** Immediate: gives a remote another URL. */
  void setUrl(String name, String url);

  /** Immediate: forgets a remote, and its remote-tracking branches. */
  void remove(String name);

  /**
   * What to fetch.
   *
   * @param refspecs none: those that are configured
   * @param prune whether remote-tracking branches go that the remote has no longer
   * @param tags which tags
   * @param depth how many commits of each history; 0: all
   */
  record FetchSpec(String remote, List<String> refspecs, boolean prune, FetchTags tags, int depth) {
    public FetchSpec {
      refspecs = List.copyOf(refspecs);
    }

    /** What is configured for a remote. */
    public static FetchSpec of(String remote) {
      return new FetchSpec(remote, List.of(), false, FetchTags.OF_WHAT_IS_FETCHED, 0);
    }
  }

  /** Which tags are fetched. */
  enum FetchTags {
    OF_WHAT_IS_FETCHED,
    ALL,
    NONE
  }

  /**
   * What to push.
   *
   * @param refspecs such as {@code main}, {@code refs/heads/a:refs/heads/b} or, to delete, {@code
   *     :refs/heads/b}; at least one
   * @param force whether refs may go back
   * @param atomic whether all refs move or none
   * @param hooks whether the pre-push hook runs that is installed in the repository
   */
  record PushSpec(
      String remote, List<String> refspecs, Force force, boolean atomic, boolean hooks) {
    public PushSpec {
      refspecs = List.copyOf(refspecs);
    }

    /** Refs that only go forward. */
    public static PushSpec of(String remote, String... refspecs) {
      return new PushSpec(remote, List.of(refspecs), Force.NO, false, false);
    }
  }

  /** Whether refs of a remote may go back. */
  enum Force {
    NO,
    /** If they are what the remote-tracking branch says. */
    WITH_LEASE,
    YES
  }

  /**
   * A ref that was pushed.
   *
   * @param source the ref or id here; empty when it was deleted
   * @param target the ref there
   * @param changed false when it was up to date
   */
  record Pushed(String source, String target, boolean changed) {}

  /**
   * What to pull.
   *
   * @param branch the remote's, without {@code refs/heads/}
   * @param mode how the two come together
   */
  record PullSpec(String remote, String branch, PullMode mode) {
    /** A branch of which this one is a beginning. */
    public static PullSpec of(String remote, String branch) {
      return new PullSpec(remote, branch, PullMode.FAST_FORWARD);
    }
  }

  /** How two branches come together. */
  enum PullMode {
    /** Anything else is {@code MERGE_REFUSED}. */
    FAST_FORWARD,
    MERGE,
    REBASE
  }
}
