package dev.gitvan.git;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The stash, with operations that change it. Its entries are the user's own work in progress: use
 * with care. See {@link RunRepository} for the kinds.
 */
@ProviderType
public interface RunStashes extends Stashes {
  /**
   * Immediate: stashes changes, so that the files are as in HEAD. Refused once something is staged.
   *
   * @return empty if there was nothing to stash
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_EMPTY}, {@code REPO_BARE}, {@code
   *     REPO_IN_PROGRESS}, {@code IDENTITY_MISSING}
   */
  Optional<Stash> push(StashSpec spec);

  /**
   * Immediate: applies the changes of an entry; the entry stays. Refused once something is staged.
   *
   * @param index whether the index is restored, too
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_NOT_FOUND}, {@code REPO_DIRTY},
   *     {@code MERGE_CONFLICT}: the files contain conflict markers, and the entry stays
   */
  void apply(Stash stash, boolean index);

  /** Immediate: {@link #apply}, and then {@link #drop}; on a conflict the entry stays. */
  void pop(Stash stash, boolean index);

  /**
   * Immediate: deletes an entry.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_NOT_FOUND}
   */
  void drop(Stash stash);
}
