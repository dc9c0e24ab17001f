package dev.gitvan.git;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A worktree to add. Immutable: each option has a method that returns a changed copy. */
public final class WorktreeSpec {
  private final Path path;
  private final String revision;
  private final String newBranch;

  private WorktreeSpec(Path path, String revision, String newBranch) {
    this.path = Objects.requireNonNull(path, "path");
    this.revision = revision;
    this.newBranch = newBranch;
  }

  /**
   * A worktree for an existing branch or a commit.
   *
   * @param revision revision to check out; null: HEAD
   */
  public static WorktreeSpec of(Path path, String revision) {
    return new WorktreeSpec(path, revision, null);
  }

  /** A copy that creates a branch. */
  public WorktreeSpec newBranch(String name) {
    return new WorktreeSpec(path, revision, name);
  }

  /** Folder of its files, which must not exist or be empty; relative to this worktree. */
  public Path path() {
    return path;
  }

  /** Revision to check out; null: HEAD. */
  public String revision() {
    return revision;
  }

  /** Branch to create; null: the branch that the revision names, else HEAD is detached. */
  public String newBranch() {
    return newBranch;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WorktreeSpec spec && values().equals(spec.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "WorktreeSpec" + values();
  }

  private List<Object> values() {
    return Arrays.asList(path, revision, newBranch);
  }
}
