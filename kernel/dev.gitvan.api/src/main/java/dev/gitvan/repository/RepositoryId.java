package dev.gitvan.repository;

import java.nio.file.Path;
import java.util.Objects;

/**
 * One Git repository, whatever worktree it is seen from: the real path of its common directory.
 * Locks, caches and receipts belong to a repository.
 *
 * @param commonDir absolute real path of the common Git directory
 */
public record RepositoryId(Path commonDir) {
  public RepositoryId {
    Objects.requireNonNull(commonDir, "commonDir");
    if (!commonDir.isAbsolute()) {
      throw new IllegalArgumentException("not absolute: " + commonDir);
    }
  }

  /** GitVan's own state for this repository: {@code gitvan/} in the common directory. */
  public Path stateDir() {
    return commonDir.resolve("gitvan");
  }

  @Override
  public String toString() {
    return commonDir.toString();
  }
}
