package dev.gitvan.git;

import dev.gitvan.git.CommitGraph.Trailer;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;

/** All fields of a commit. Immutable. */
public final class CommitDetails {
  private final Commit commit;
  private final String tree;
  private final String committer;
  private final String committerEmail;
  private final OffsetDateTime committed;
  private final List<Trailer> trailers;
  private final boolean signed;

  private CommitDetails(Builder builder) {
    this.commit = builder.commit;
    this.tree = builder.tree;
    this.committer = builder.committer;
    this.committerEmail = builder.committerEmail;
    this.committed = builder.committed;
    this.trailers = builder.trailers;
    this.signed = builder.signed;
  }

  /** Returns a builder; see {@link Builder} for the defaults. */
  public static Builder builder(Commit commit, String tree) {
    return new Builder(commit, tree);
  }

  /** The commit. */
  public Commit commit() {
    return commit;
  }

  /** Object id of its tree. */
  public String tree() {
    return tree;
  }

  /** The committer's name. */
  public String committer() {
    return committer;
  }

  /** The committer's email address. */
  public String committerEmail() {
    return committerEmail;
  }

  /** Committer date, with the committer's offset. */
  public OffsetDateTime committed() {
    return committed;
  }

  /** The lines {@code Key: value} of the message's last paragraph. */
  public List<Trailer> trailers() {
    return trailers;
  }

  /** Whether it has a signature, which is not verified. */
  public boolean signed() {
    return signed;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CommitDetails details && values().equals(details.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return commit.toString();
  }

  private List<Object> values() {
    return List.of(commit, tree, committer, committerEmail, committed, trailers, signed);
  }

  /**
   * Builds commit details. By default, the author is the committer, there are no trailers, and the
   * commit is not signed. Not thread-safe.
   */
  public static final class Builder {
    private final Commit commit;
    private final String tree;
    private String committer;
    private String committerEmail;
    private OffsetDateTime committed;
    private List<Trailer> trailers = List.of();
    private boolean signed;

    private Builder(Commit commit, String tree) {
      this.commit = Objects.requireNonNull(commit, "commit");
      this.tree = Objects.requireNonNull(tree, "tree");
      this.committer = commit.author();
      this.committerEmail = commit.email();
      this.committed = commit.date();
    }

    public Builder trailers(List<Trailer> value) {
      trailers = List.copyOf(value);
      return this;
    }

    public Builder signed(boolean value) {
      signed = value;
      return this;
    }

    /** Sets the committer, and the date with the committer's offset. */
    public Builder committer(String name, String address, OffsetDateTime when) {
      committer = Objects.requireNonNull(name, "name");
      committerEmail = Objects.requireNonNull(address, "address");
      committed = Objects.requireNonNull(when, "when");
      return this;
    }

    public CommitDetails build() {
      return new CommitDetails(this);
    }
  }
}
