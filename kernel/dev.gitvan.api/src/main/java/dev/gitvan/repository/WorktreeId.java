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
 * @param index absolute path of the index; another one than the worktree's own if the caller works
 *     with it, as hooks of {@code git commit -a} do. Null stands for the worktree's own.
 */
public record WorktreeId(Path gitDir, RepositoryId repository, Path workTree, Path index) {
  public WorktreeId {
    Objects.requireNonNull(gitDir, "gitDir");
    Objects.requireNonNull(repository, "repository");
    index = index == null ? ownIndex(gitDir) : index;
  }

  /** A worktree with its own index. */
  public WorktreeId(Path gitDir, RepositoryId repository, Path workTree) {
    this(gitDir, repository, workTree, null);
  }

  private static Path ownIndex(Path gitDir) {
    return gitDir.resolve("index");
  }

  /** Whether the index is the worktree's own. */
  public boolean hasOwnIndex() {
    return index.equals(ownIndex(gitDir));
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
