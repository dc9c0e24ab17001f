package dev.gitvan.git;

import org.osgi.annotation.versioning.ProviderType;

/** Refs, with an operation that moves them. See {@link RunRepository} for the kinds. */
@ProviderType
public interface RunRefs extends Refs {
  /**
   * Staged: creates, moves or deletes a ref.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code REF_INVALID}, {@code REF_EXISTS}, {@code
   *     REF_CHECKED_OUT}, {@code REPO_MOVED}, {@code OBJECT_NOT_FOUND}
   * @throws IllegalArgumentException for {@link RefUpdate.Verify}: a run's transaction expects the
   *     value that a ref had when it was staged
   */
  void update(RefUpdate update);
}
