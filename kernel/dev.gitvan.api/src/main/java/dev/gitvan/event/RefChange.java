package dev.gitvan.event;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A ref was created, moved or deleted. Safe for any thread. */
@ProviderType
public non-sealed interface RefChange extends Event {
  /** Full name of the ref, such as {@code refs/heads/main}. */
  String ref();

  /** The object id before; empty: the ref is new. */
  Optional<String> oldId();

  /** The object id after; empty: the ref was deleted. */
  Optional<String> newId();

  /** The commits that the ref has gained, newest first. Read when first asked for. */
  List<Commit> commits();

  /**
   * The paths that differ between the old and the new commit, relative to the working tree and with
   * {@code /}. Read when first asked for.
   */
  List<String> paths();

  /**
   * A commit.
   *
   * @param message the whole message
   * @param author as {@code Name <email>}
   * @param parents number of its parents
   */
  record Commit(String id, String message, String author, int parents) {
    public Commit {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(message, "message");
      Objects.requireNonNull(author, "author");
    }
  }
}
