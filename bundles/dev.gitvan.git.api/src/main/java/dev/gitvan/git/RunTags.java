package dev.gitvan.git;

import org.osgi.annotation.versioning.ProviderType;

/** Tags, with operations that create and delete them. See {@link RunRepository} for the kinds. */
@ProviderType
public interface RunTags extends Tags {
  /**
   * Staged: creates an annotated tag, signed if Git's configuration requires it.
   *
   * @param revision null: the run's last commit, else HEAD
   * @return the tag object's id; empty in a dry run
   * @throws dev.gitvan.diagnostics.GitVanException {@code REF_INVALID}, {@code REF_EXISTS}, {@code
   *     OBJECT_*}, {@code REPO_EMPTY}, {@code IDENTITY_MISSING}, {@code SIGNING_FAILED}
   */
  String create(String name, String message, String revision);

  /**
   * Staged: creates a lightweight tag.
   *
   * @param revision null: the run's last commit, else HEAD
   * @throws dev.gitvan.diagnostics.GitVanException {@code REF_INVALID}, {@code REF_EXISTS}, {@code
   *     OBJECT_*}, {@code REPO_EMPTY}
   */
  void createLightweight(String name, String revision);

  /**
   * Staged: deletes a tag.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_NOT_FOUND}
   */
  void delete(String name);
}
