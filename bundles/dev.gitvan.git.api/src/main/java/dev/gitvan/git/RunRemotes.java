package dev.gitvan.git;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Remotes, with operations that access and configure them. See {@link RunRepository} for the kinds.
 *
 * <p>A remote is the name of a configured remote, or a URL: {@code https}, {@code http}, {@code
 * ssh} or a path, else {@code URL_SCHEME_DENIED}. All methods that access a remote throw {@code
 * REMOTE_NOT_FOUND}, {@code REMOTE_AUTH}, {@code REMOTE_UNREACHABLE}, {@code REMOTE_REJECTED},
 * {@code REMOTE_REF_NOT_FOUND}, {@code ARG_LOOKS_LIKE_OPTION}. Credentials come from the user's own
 * credential helpers and SSH keys.
 */
@ProviderType
public interface RunRemotes extends Remotes {
  /**
   * Lists the current refs of a remote, by name. Changes nothing, and is allowed in a dry run.
   *
   * @param patterns patterns of {@code git ls-remote}; empty: all
   */
  List<GitRepository.Ref> listRefs(String remote, List<String> patterns);

  /**
   * Immediate: fetches.
   *
   * @return the local refs that have changed, by name
   */
  List<GitRefs.RefMove> fetch(FetchSpec spec);

  /**
   * Immediate: pushes. Staged changes are not included.
   *
   * @return the result for each ref
   */
  List<Pushed> push(PushSpec spec);

  /**
   * Immediate: fetches a branch and integrates it into the checked-out branch. Refused once
   * something is staged.
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

  /** Immediate: changes the URL of a remote. */
  void setUrl(String name, String url);

  /** Immediate: removes a remote and its remote-tracking branches. */
  void remove(String name);

  /**
   * Options of a fetch.
   *
   * @param refspecs refspecs; empty: the configured ones
   * @param prune whether remote-tracking branches that are gone from the remote are deleted
   * @param tags the tags to fetch
   * @param depth maximum number of commits of each history; 0: all
   */
  record FetchSpec(String remote, List<String> refspecs, boolean prune, FetchTags tags, int depth) {
    public FetchSpec {
      refspecs = List.copyOf(refspecs);
    }

    /** A fetch with the configuration of a remote. */
    public static FetchSpec of(String remote) {
      return new FetchSpec(remote, List.of(), false, FetchTags.OF_WHAT_IS_FETCHED, 0);
    }
  }

  /** The tags to fetch. */
  enum FetchTags {
    OF_WHAT_IS_FETCHED,
    ALL,
    NONE
  }

  /**
   * Options of a push.
   *
   * @param refspecs such as {@code main}, {@code refs/heads/a:refs/heads/b} or, to delete, {@code
   *     :refs/heads/b}; at least one
   * @param force whether non-fast-forward updates are allowed
   * @param atomic whether either all refs are updated or none
   * @param hooks whether the repository's pre-push hook runs
   */
  record PushSpec(
      String remote, List<String> refspecs, Force force, boolean atomic, boolean hooks) {
    public PushSpec {
      refspecs = List.copyOf(refspecs);
    }

    /** A push of fast-forward updates. */
    public static PushSpec of(String remote, String... refspecs) {
      return new PushSpec(remote, List.of(refspecs), Force.NO, false, false);
    }
  }

  /** Whether non-fast-forward updates are allowed. */
  enum Force {
    NO,
    /** If the remote ref still equals the remote-tracking branch. */
    WITH_LEASE,
    YES
  }

  /**
   * The result of a push for one ref.
   *
   * @param source local ref or id; empty if the remote ref was deleted
   * @param target ref of the remote
   * @param changed false if it was up to date
   */
  record Pushed(String source, String target, boolean changed) {}

  /**
   * Options of a pull.
   *
   * @param branch branch of the remote, without {@code refs/heads/}
   * @param mode how the branch is integrated
   */
  record PullSpec(String remote, String branch, PullMode mode) {
    /** A pull that must be a fast-forward. */
    public static PullSpec of(String remote, String branch) {
      return new PullSpec(remote, branch, PullMode.FAST_FORWARD);
    }
  }

  /** The ways to integrate a branch. */
  enum PullMode {
    /** Anything else is {@code MERGE_REFUSED}. */
    FAST_FORWARD,
    MERGE,
    REBASE
  }
}
