package dev.gitvan.git;

import dev.gitvan.git.RunRemotes.PullMode;
import java.util.List;
import java.util.Objects;

/** A pull. Immutable: each option has a method that returns a changed copy. */
public final class PullSpec {
  private final String remote;
  private final String branch;
  private final PullMode mode;

  private PullSpec(String remote, String branch, PullMode mode) {
    this.remote = Objects.requireNonNull(remote, "remote");
    this.branch = Objects.requireNonNull(branch, "branch");
    this.mode = Objects.requireNonNull(mode, "mode");
  }

  /** A pull that must be a fast-forward. */
  public static PullSpec of(String remote, String branch) {
    return new PullSpec(remote, branch, PullMode.FAST_FORWARD);
  }

  /** A copy that integrates the branch in another way. */
  public PullSpec mode(PullMode way) {
    return new PullSpec(remote, branch, way);
  }

  /** Name or URL of the remote. */
  public String remote() {
    return remote;
  }

  /** Branch of the remote, without {@code refs/heads/}. */
  public String branch() {
    return branch;
  }

  /** How the branch is integrated. */
  public PullMode mode() {
    return mode;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PullSpec spec && values().equals(spec.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "PullSpec" + values();
  }

  private List<Object> values() {
    return List.of(remote, branch, mode);
  }
}
