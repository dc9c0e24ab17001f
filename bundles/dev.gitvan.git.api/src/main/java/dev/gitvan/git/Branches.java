package dev.gitvan.git;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The branches of a repository. Safe for any thread.
 *
 * @see GitRepository#branches
 */
@ProviderType
public interface Branches {
  /** The branches below {@code refs/heads/}, by name. */
  List<Branch> local();

  /** The remote-tracking branches below {@code refs/remotes/}, by name; no symbolic ones. */
  List<Branch> remote();

  /**
   * * A branch.
   *
   * @param name such as {@code main}, or of a remote, such as {@code origin/main}, or a full ref
   *     name
   */
  Optional<Branch> find(String name);

  /**
   * The local branches that contain a commit, by name.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_*}
   */
  List<Branch> containing(String revision);

  /**
   * The local branches that are merged into a revision, by name.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code OBJECT_*}
   */
  List<Branch> mergedInto(String revision);

  /**
   * * A branch.
   *
   * @param name without {@code refs/heads/} or {@code refs/remotes/}
   * @param ref the full name
   * @param objectId its commit
   * @param current whether it is checked out in this worktree
   * @param upstream full name of its upstream ref, which may not exist; empty if none is configured
   */
  record Branch(String name, String ref, String objectId, boolean current, String upstream) {}
}
