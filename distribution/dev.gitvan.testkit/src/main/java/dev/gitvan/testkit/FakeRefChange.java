package dev.gitvan.testkit;

import dev.gitvan.event.RefChange;
import dev.gitvan.repository.WorktreeId;
import java.util.List;
import java.util.Optional;

/** A ref change whose commits and paths are given. Immutable. */
public final class FakeRefChange implements RefChange {
  private static final String OLD = "1".repeat(40);
  private static final String NEW = "2".repeat(40);

  private final WorktreeId worktree;
  private final String ref;
  private final Optional<String> oldId;
  private final Optional<String> newId;
  private final List<Commit> commits;
  private final List<String> paths;

  private FakeRefChange(
      WorktreeId worktree,
      String ref,
      Optional<String> oldId,
      Optional<String> newId,
      List<Commit> commits,
      List<String> paths) {
    this.worktree = worktree;
    this.ref = ref;
    this.oldId = oldId;
    this.newId = newId;
    this.commits = commits;
    this.paths = paths;
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

  @Override
  public WorktreeId worktree() {
    return worktree;
  }

  @Override
  public String ref() {
    return ref;
  }

  @Override
  public Optional<String> oldId() {
    return oldId;
  }

  @Override
  public Optional<String> newId() {
    return newId;
  }

  @Override
  public List<Commit> commits() {
    return commits;
  }

  @Override
  public List<String> paths() {
    return paths;
  }
}
