package dev.gitvan.git;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The configured remotes. Safe for any thread.
 *
 * @see GitRepository#remotes
 */
@ProviderType
public interface Remotes {
  /** All remotes, by name. */
  List<Remote> list();

  /** A remote. */
  Optional<Remote> find(String name);

  /**
   * The remote that {@code git fetch} would use: that of the branch, else the only one, else {@code
   * origin}; empty if there is none.
   */
  Optional<Remote> standard();

  /**
   * A remote.
   *
   * @param fetchUrls as rewritten by {@code url.*.insteadOf}; they may hold credentials
   * @param pushUrls as rewritten by {@code url.*.pushInsteadOf}; the fetch URLs if none are
   *     configured
   * @param fetchRefspecs such as {@code +refs/heads/*:refs/remotes/origin/*}
   */
  record Remote(
      String name, List<String> fetchUrls, List<String> pushUrls, List<String> fetchRefspecs) {
    public Remote {
      fetchUrls = List.copyOf(fetchUrls);
      pushUrls = List.copyOf(pushUrls);
      fetchRefspecs = List.copyOf(fetchRefspecs);
    }
  }
}
