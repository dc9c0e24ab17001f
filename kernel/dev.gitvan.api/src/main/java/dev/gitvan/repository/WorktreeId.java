package dev.gitvan.repository;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * One worktree of a repository, or a bare repository itself. Jobs, configuration and runs belong to
 * a worktree.
 *
 * @param gitDir absolute real path of this worktree's own Git directory
 * @param repository the repository that this is a worktree of
 * @param workTree absolute real path of the checked-out files; null in a bare repository
 */
public record WorktreeId(Path gitDir, RepositoryId repository, Path workTree) {
  public WorktreeId {
    Objects.requireNonNull(gitDir, "gitDir");
    Objects.requireNonNull(repository, "repository");
  }

  /** The directory of the checked-out files; empty in a bare repository. */
  public Optional<Path> root() {
    return Optional.ofNullable(workTree);
  }

  /** Whether there are no checked-out files. */
  public boolean isBare() {
    return workTree == null;
  }

  /** The name that receipts carry: the worktree's folder name, or the Git directory's when bare. */
  public String name() {
    var named = workTree == null ? gitDir : workTree;
    return named.getFileName() == null ? named.toString() : named.getFileName().toString();
  }

  @Override
  public String toString() {
    return (workTree == null ? gitDir : workTree).toString();
  }
}
