package dev.gitvan.git;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Notes, and writing them. See {@link RunRepository} for the kinds. GitVan's own receipts are no
 * notes to be written: {@code REF_INVALID}.
 */
@ProviderType
public interface RunNotes extends Notes {
  /**
   * Staged: adds to the note on an object, after a blank line.
   *
   * @param notesRef full name below {@code refs/notes/}
   * @param revision null: the run's last commit, else HEAD
   * @throws dev.gitvan.diagnostics.GitVanException {@code REF_INVALID}, {@code OBJECT_*}, {@code
   *     REPO_EMPTY}
   */
  void append(String notesRef, String revision, String text);

  /** Staged: the note on an object becomes this text. As {@link #append}. */
  void replace(String notesRef, String revision, String text);

  /** Staged: the note on an object goes, if there is one. As {@link #append}. */
  void remove(String notesRef, String revision);
}
