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

  /** The tags to fetch. */
  enum FetchTags {
    OF_WHAT_IS_FETCHED,
    ALL,
    NONE
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

  /** The ways to integrate a branch. */
  enum PullMode {
    /** Anything else is {@code MERGE_REFUSED}. */
    FAST_FORWARD,
    MERGE,
    REBASE
  }
}
