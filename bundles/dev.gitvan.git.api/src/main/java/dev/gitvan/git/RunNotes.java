package dev.gitvan.git;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Notes, with operations that write them. See {@link RunRepository} for the kinds. Refs of GitVan's
 * receipts are refused with {@code REF_INVALID}.
 */
@ProviderType
public interface RunNotes extends Notes {
  /**
   * Staged: appends to the note on an object, after a blank line.
   *
   * @param notesRef full name below {@code refs/notes/}
   * @param revision null: the run's last commit, else HEAD
   * @throws dev.gitvan.diagnostics.GitVanException {@code REF_INVALID}, {@code OBJECT_*}, {@code
   *     REPO_EMPTY}
   */
  void append(String notesRef, String revision, String text);

  /** Staged: replaces the note on an object. Parameters and errors as in {@link #append}. */
  void replace(String notesRef, String revision, String text);

  /**
   * Staged: removes the note on an object, if there is one. Parameters and errors as in {@link
   * #append}.
   */
  void remove(String notesRef, String revision);
}
