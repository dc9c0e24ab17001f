package dev.gitvan.git;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Notes on objects. Safe for any thread.
 *
 * @see GitRepository#notes
 */
@ProviderType
public interface Notes {
  /** The notes refs below {@code refs/notes/}, by name. */
  List<String> refs();

  /** All notes of a ref, ordered by their objects; empty if there is no such ref. */
  List<Note> list(String notesRef);

  /**
   * The note on an object, as UTF-8.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_*}
   */
  Optional<String> find(String notesRef, String revision);

  /**
   * A note.
   *
   * @param objectId the annotated object
   * @param noteId the blob with the text of the note
   */
  record Note(String objectId, String noteId) {}
}
