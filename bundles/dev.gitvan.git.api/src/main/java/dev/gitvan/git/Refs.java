package dev.gitvan.git;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Refs and where they were; all below a prefix are {@link GitRepository#refs(String)}. Safe for any
 * thread.
 *
 * @see GitRepository#refs()
 */
@ProviderType
public interface Refs {
  /**
   * The object that a ref names, symbolic refs followed; empty when there is no such ref, or none
   * yet where it leads.
   *
   * @param name the full name, or {@code HEAD}
   */
  Optional<String> find(String name);

  /** The ref that a symbolic ref names; empty when it is none. */
  Optional<String> symbolic(String name);

  /**
   * Where a ref was, newest first; empty when it has no log.
   *
   * @param limit at most so many
   */
  List<ReflogEntry> reflog(String name, int limit);

  /**
   * A ref's move.
   *
   * @param oldId zeros when it was created
   * @param newId zeros when it was deleted
   */
  record ReflogEntry(
      String oldId, String newId, String who, String email, OffsetDateTime date, String message) {}
}
