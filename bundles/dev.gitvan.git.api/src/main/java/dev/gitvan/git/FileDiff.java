package dev.gitvan.git;

import dev.gitvan.git.Diff.Kind;
import java.util.List;
import java.util.Objects;

/** A file that differs. Immutable. */
public final class FileDiff {
  private static final String NO_OBJECT = "0".repeat(40);

  private final Kind kind;
  private final String oldPath;
  private final String path;
  private final int oldMode;
  private final int mode;
  private final String oldId;
  private final String id;
  private final int similarity;
  private final long added;
  private final long deleted;

  private FileDiff(Builder builder) {
    this.kind = builder.kind;
    this.oldPath = builder.oldPath;
    this.path = builder.path;
    this.oldMode = builder.oldMode;
    this.mode = builder.mode;
    this.oldId = builder.oldId;
    this.id = builder.id;
    this.similarity = builder.similarity;
    this.added = builder.added;
    this.deleted = builder.deleted;
  }

  /** Returns a builder; see {@link Builder} for the defaults. */
  public static Builder builder(Kind kind, String path) {
    return new Builder(kind, path);
  }

  /** How the file differs. */
  public Kind kind() {
    return kind;
  }

  /** Previous path of a renamed or copied file; else the path. */
  public String oldPath() {
    return oldPath;
  }

  /** Path of the file, relative to the worktree. */
  public String path() {
    return path;
  }

  /** The Git file mode, such as {@code 0100644}; 0 if the file did not exist. */
  public int oldMode() {
    return oldMode;
  }

  /** The new file mode; 0 if the file was deleted. */
  public int mode() {
    return mode;
  }

  /** Object id of the previous content; zeros if the file did not exist. */
  public String oldId() {
    return oldId;
  }

  /**
   * Object id of the content; zeros if the file was deleted, or is in the worktree and was not
   * hashed.
   */
  public String id() {
    return id;
  }

  /** Similarity of a renamed or copied file, in percent; else 0. */
  public int similarity() {
    return similarity;
  }

  /** Number of added lines; -1 for a binary file. */
  public long added() {
    return added;
  }

  /** Number of deleted lines; -1 for a binary file. */
  public long deleted() {
    return deleted;
  }

  /** Whether the file is binary, so that its lines are not counted. */
  public boolean isBinary() {
    return added < 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FileDiff file && values().equals(file.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return oldPath.equals(path) ? kind + " " + path : kind + " " + oldPath + " to " + path;
  }

  private List<Object> values() {
    return List.of(kind, oldPath, path, oldMode, mode, oldId, id, similarity, added, deleted);
  }

  /**
   * Builds file differences. By default, the old path is the path, ids are zeros, and all numbers
   * are 0. Not thread-safe.
   */
  public static final class Builder {
    private final Kind kind;
    private final String path;
    private String oldPath;
    private int oldMode;
    private int mode;
    private String oldId = NO_OBJECT;
    private String id = NO_OBJECT;
    private int similarity;
    private long added;
    private long deleted;

    private Builder(Kind kind, String path) {
      this.kind = Objects.requireNonNull(kind, "kind");
      this.path = Objects.requireNonNull(path, "path");
      this.oldPath = path;
    }

    public Builder oldPath(String value) {
      oldPath = Objects.requireNonNull(value, "oldPath");
      return this;
    }

    public Builder oldMode(int value) {
      oldMode = value;
      return this;
    }

    public Builder mode(int value) {
      mode = value;
      return this;
    }

    public Builder oldId(String value) {
      oldId = Objects.requireNonNull(value, "oldId");
      return this;
    }

    public Builder id(String value) {
      id = Objects.requireNonNull(value, "id");
      return this;
    }

    public Builder similarity(int value) {
      similarity = value;
      return this;
    }

    public Builder added(long value) {
      added = value;
      return this;
    }

    public Builder deleted(long value) {
      deleted = value;
      return this;
    }

    public FileDiff build() {
      return new FileDiff(this);
    }
  }
}
