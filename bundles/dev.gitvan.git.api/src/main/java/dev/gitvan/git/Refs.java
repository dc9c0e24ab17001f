package dev.gitvan.git;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Refs and their reflogs. To list refs use {@link GitRepository#refs(String)}. Safe for any thread.
 *
 * @see GitRepository#refs()
 */
@ProviderType
public interface Refs {
  /**
   * The object that a ref points to; symbolic refs are followed. Empty if the ref or its target
   * does not exist.
   *
   * @param name the full name, or {@code HEAD}
   */
  Optional<String> find(String name);

  /** The target of a symbolic ref; empty if the ref is not symbolic. */
  Optional<String> symbolic(String name);

  /**
   * The reflog of a ref, newest first; empty if it has none.
   *
   * @param limit maximum number of entries
   */
  List<ReflogEntry> reflog(String name, int limit);
}
