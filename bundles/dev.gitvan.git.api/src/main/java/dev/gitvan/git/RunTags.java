package dev.gitvan.git;

import org.osgi.annotation.versioning.ProviderType;

/** Tags, and making and deleting them. See {@link RunRepository} for the kinds. */
@ProviderType
public interface RunTags extends Tags {
  /**
   * Staged: an annotated tag, signed where Git's configuration asks for it.
   *
   * @param revision null: the run's last commit, else HEAD
   * @return the tag object's id; empty in a dry run
   * @throws dev.gitvan.diagnostics.GitVanException {@code REF_INVALID}, {@code REF_EXISTS}, {@code
   *     OBJECT_*}, {@code REPO_EMPTY}, {@code IDENTITY_MISSING}, {@code SIGNING_FAILED}
   */
  String create(String name, String message, String revision);

  /**
   * Staged: a lightweight tag.
   *
   * @param revision null: the run's last commit, else HEAD
   * @throws dev.gitvan.diagnostics.GitVanException {@code REF_INVALID}, {@code REF_EXISTS}, {@code
   *     OBJECT_*}, {@code REPO_EMPTY}
   */
  void createLightweight(String name, String revision);

  /**
   * Staged: a tag goes.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_NOT_FOUND}
   */
  void delete(String name);
}
