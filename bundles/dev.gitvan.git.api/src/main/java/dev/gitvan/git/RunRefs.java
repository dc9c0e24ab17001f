package dev.gitvan.git;

import org.osgi.annotation.versioning.ProviderType;

/** Refs, and moving them. See {@link RunRepository} for the kinds. */
@ProviderType
public interface RunRefs extends Refs {
  /**
   * Staged: a ref is created, moved or deleted, or is to be what is expected.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code REF_INVALID}, {@code REF_EXISTS}, {@code
   *     REF_CHECKED_OUT}, {@code REPO_MOVED}, {@code OBJECT_NOT_FOUND}
   * @throws IllegalArgumentException for {@link RefUpdate.Verify}: a run's transaction expects of
   *     every ref what it was when it was staged
   */
  void update(RefUpdate update);
}
