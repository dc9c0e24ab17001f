package dev.gitvan.git;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The stash, and putting away and taking back. All of it is the user's own work in progress: think
 * twice. See {@link RunRepository} for the kinds.
 */
@ProviderType
public interface RunStashes extends Stashes {
  /**
   * Immediate: puts changes away, so that the files are as in HEAD. Refused once something is
   * staged.
   *
   * @return empty when there was nothing to put away
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_EMPTY}, {@code REPO_BARE}, {@code
   *     REPO_IN_PROGRESS}, {@code IDENTITY_MISSING}
   */
  Optional<Stash> push(StashSpec spec);

  /**
   * Immediate: takes an entry's changes back; the entry stays. Refused once something is staged.
   *
   * @param index whether what was staged is staged again
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_NOT_FOUND}, {@code REPO_DIRTY},
   *     {@code MERGE_CONFLICT}: both sides are in the files then, marked, and the entry stays
   */
  void apply(Stash stash, boolean index);

  /** Immediate: {@link #apply}, and then {@link #drop}; on a conflict the entry stays. */
  void pop(Stash stash, boolean index);

  /**
   * Immediate: forgets an entry.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_NOT_FOUND}
   */
  void drop(Stash stash);

  /**
   * What to put away.
   *
   * @param message null: Git's own
   * @param untracked files that are not tracked, too
   * @param keepIndex whether what is staged stays in the index and the files
   * @param paths only these; empty: all
   */
  record StashSpec(String message, boolean untracked, boolean keepIndex, List<String> paths) {
    public StashSpec {
      paths = List.copyOf(paths);
    }

    /** All changes of tracked files. */
    public static StashSpec of(String message) {
      return new StashSpec(message, false, false, List.of());
    }
  }
}
