package dev.gitvan.testkit;

import dev.gitvan.event.RefChange;
import dev.gitvan.repository.WorktreeId;
import java.util.List;
import java.util.Optional;

/** A ref change whose commits and paths are given. Immutable. */
public record FakeRefChange(
    WorktreeId worktree,
    String ref,
    Optional<String> oldId,
    Optional<String> newId,
    List<Commit> commits,
    List<String> paths)
    implements RefChange {
  private static final String OLD = "1".repeat(40);
  private static final String NEW = "2".repeat(40);

  public FakeRefChange {
    commits = List.copyOf(commits);
    paths = List.copyOf(paths);
  }

  /** A branch that has gained one commit. */
  public static FakeRefChange pushed(
      WorktreeId worktree, String branch, String message, String author, String... paths) {
    return new FakeRefChange(
        worktree,
        "refs/heads/" + branch,
        Optional.of(OLD),
        Optional.of(NEW),
        List.of(new Commit(NEW, message, author, 1)),
        List.of(paths));
  }

  /** A new tag. */
  public static FakeRefChange tagged(WorktreeId worktree, String tag) {
    return new FakeRefChange(
        worktree, "refs/tags/" + tag, Optional.empty(), Optional.of(NEW), List.of(), List.of());
  }

  /** A branch that was deleted. */
  public static FakeRefChange deleted(WorktreeId worktree, String branch) {
    return new FakeRefChange(
        worktree, "refs/heads/" + branch, Optional.of(OLD), Optional.empty(), List.of(), List.of());
  }
}
