package dev.gitvan.git;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What was put away with {@code git stash}. Safe for any thread.
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
   * @param id the commit that holds it; stays the same while others come and go
   * @param message such as {@code On main: half done}
   */
  record Stash(String id, String message) {}
}
