package dev.gitvan.git;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A worktree of a repository. Immutable. */
public final class Worktree {
  private final Path path;
  private final String head;
  private final String branch;
  private final boolean bare;
  private final boolean locked;
  private final String lockReason;
  private final boolean prunable;

  private Worktree(Builder builder) {
    this.path = builder.path;
    this.head = builder.head;
    this.branch = builder.branch;
    this.bare = builder.bare;
    this.locked = builder.locked;
    this.lockReason = builder.lockReason;
    this.prunable = builder.prunable;
  }

  /** Returns a builder; see {@link Builder} for the defaults. */
  public static Builder builder(Path path) {
    return new Builder(path);
  }

  /** Folder of its files; the Git directory of a bare repository. */
  public Path path() {
    return path;
  }

  /** Commit of HEAD; empty if there is none yet, or in a bare repository. */
  public String head() {
    return head;
  }

  /** Full ref name of the branch; empty if HEAD is detached, or in a bare repository. */
  public String branch() {
    return branch;
  }

  /** Whether this is a bare repository, without files. */
  public boolean bare() {
    return bare;
  }

  /** Whether it is protected from being pruned, moved and removed. */
  public boolean locked() {
    return locked;
  }

  /** Reason of the lock, or empty. */
  public String lockReason() {
    return lockReason;
  }

  /** Whether its files are gone, so that {@code git worktree prune} would remove it. */
  public boolean prunable() {
    return prunable;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Worktree worktree && values().equals(worktree.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return branch.isEmpty() ? path.toString() : path + " on " + branch;
  }

  private List<Object> values() {
    return List.of(path, head, branch, bare, locked, lockReason, prunable);
  }

  /**
   * Builds descriptions of worktrees. By default, strings are empty, and a worktree is neither bare
   * nor locked nor prunable. Not thread-safe.
   */
  public static final class Builder {
    private final Path path;
    private String head = "";
    private String branch = "";
    private boolean bare;
    private boolean locked;
    private String lockReason = "";
    private boolean prunable;

    private Builder(Path path) {
      this.path = Objects.requireNonNull(path, "path");
    }

    public Builder head(String value) {
      head = Objects.requireNonNull(value, "head");
      return this;
    }

    public Builder branch(String value) {
      branch = Objects.requireNonNull(value, "branch");
      return this;
    }

    public Builder bare(boolean value) {
      bare = value;
      return this;
    }

    public Builder prunable(boolean value) {
      prunable = value;
      return this;
    }

    /** Locks it, with a reason or an empty string. */
    public Builder locked(String reason) {
      locked = true;
      lockReason = Objects.requireNonNull(reason, "reason");
      return this;
    }

    public Worktree build() {
      return new Worktree(this);
    }
  }
}
