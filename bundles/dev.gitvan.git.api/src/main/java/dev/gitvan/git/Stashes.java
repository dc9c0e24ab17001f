package dev.gitvan.git;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The entries of {@code git stash}. Safe for any thread.
 *
 * @see GitRepository#stashes
 */
@ProviderType
public interface Stashes {
  /** The entries, newest first. */
  List<Stash> list();

  /**
   * An entry.
   *
   * @param id its commit; does not change when other entries are added or removed
   * @param message such as {@code On main: half done}
   */
  record Stash(String id, String message) {}
}
