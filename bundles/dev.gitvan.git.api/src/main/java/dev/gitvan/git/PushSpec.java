package dev.gitvan.git;

import dev.gitvan.git.RunRemotes.Force;
import java.util.List;
import java.util.Objects;

/** A push. Immutable: each option has a method that returns a changed copy. */
public final class PushSpec {
  private final String remote;
  private final List<String> refspecs;
  private final Force force;
  private final boolean atomic;
  private final boolean hooks;

  private PushSpec(
      String remote, List<String> refspecs, Force force, boolean atomic, boolean hooks) {
    this.remote = Objects.requireNonNull(remote, "remote");
    this.refspecs = List.copyOf(refspecs);
    this.force = Objects.requireNonNull(force, "force");
    this.atomic = atomic;
    this.hooks = hooks;
  }

  /** A push of fast-forward updates; the pre-push hook does not run. */
  public static PushSpec of(String remote, String... refspecs) {
    return new PushSpec(remote, List.of(refspecs), Force.NO, false, false);
  }

  /** A copy with another rule for non-fast-forward updates. */
  public PushSpec force(Force rule) {
    return new PushSpec(remote, refspecs, rule, atomic, hooks);
  }

  /** A copy that updates either all refs or none, or each on its own. */
  public PushSpec atomic(boolean all) {
    return new PushSpec(remote, refspecs, force, all, hooks);
  }

  /** A copy for which the repository's pre-push hook runs, or not. */
  public PushSpec hooks(boolean run) {
    return new PushSpec(remote, refspecs, force, atomic, run);
  }

  /** Name or URL of the remote. */
  public String remote() {
    return remote;
  }

  /**
   * Such as {@code main}, {@code refs/heads/a:refs/heads/b} or, to delete, {@code :refs/heads/b};
   * at least one.
   */
  public List<String> refspecs() {
    return refspecs;
  }

  /** Whether non-fast-forward updates are allowed. */
  public Force force() {
    return force;
  }

  /** Whether either all refs are updated or none. */
  public boolean atomic() {
    return atomic;
  }

  /** Whether the repository's pre-push hook runs. */
  public boolean hooks() {
    return hooks;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PushSpec spec && values().equals(spec.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "PushSpec" + values();
  }

  private List<Object> values() {
    return List.of(remote, refspecs, force, atomic, hooks);
  }
}
