package dev.gitvan.git;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The tags of a repository. Safe for any thread.
 *
 * @see GitRepository#tags
 */
@ProviderType
public interface Tags {
  /** All tags, by name. */
  List<Tag> all();

  /**
   * A tag.
   *
   * @param name with or without {@code refs/tags/}
   */
  Optional<Tag> find(String name);

  /**
   * The tags of an object, by name; annotated tags are dereferenced.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_*}
   */
  List<Tag> pointingAt(String revision);

  /**
   * The tags that contain a commit, by name.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_*}
   */
  List<Tag> containing(String revision);

  /**
   * A tag.
   *
   * @param name without {@code refs/tags/}
   * @param ref the full name
   * @param objectId the object that the ref points to: the tag object of an annotated tag
   * @param target the dereferenced object, through tags of tags; usually a commit
   * @param annotation null for a lightweight tag
   */
  record Tag(String name, String ref, String objectId, String target, Annotation annotation) {
    public boolean isAnnotated() {
      return annotation != null;
    }
  }

  /**
   * The content of an annotated tag.
   *
   * @param tagger empty in very old tags
   * @param message message including the signature, if any, as stored
   */
  record Annotation(String tagger, String email, OffsetDateTime date, String message) {}
}
