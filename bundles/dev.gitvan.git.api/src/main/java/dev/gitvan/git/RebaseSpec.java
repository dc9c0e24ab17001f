package dev.gitvan.git;

import dev.gitvan.git.Operations.OnConflict;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A rebase. Immutable: each option has a method that returns a changed copy. */
public final class RebaseSpec {
  private final String upstream;
  private final String onto;
  private final OnConflict onConflict;
  private final boolean hooks;

  private RebaseSpec(String upstream, String onto, OnConflict onConflict, boolean hooks) {
    this.upstream = Objects.requireNonNull(upstream, "upstream");
    this.onto = onto;
    this.onConflict = Objects.requireNonNull(onConflict, "onConflict");
    this.hooks = hooks;
  }

  /** A rebase onto an upstream; a conflict is aborted, hooks do not run. */
  public static RebaseSpec of(String upstream) {
    return new RebaseSpec(upstream, null, OnConflict.ABORT, false);
  }

  /** A copy with another base; null: the upstream. */
  public RebaseSpec onto(String base) {
    return new RebaseSpec(upstream, base, onConflict, hooks);
  }

  /** A copy with another treatment of conflicts. */
  public RebaseSpec onConflict(OnConflict treatment) {
    return new RebaseSpec(upstream, onto, treatment, hooks);
  }

  /** A copy for which the repository's hooks run, or not. */
  public RebaseSpec hooks(boolean run) {
    return new RebaseSpec(upstream, onto, onConflict, run);
  }

  /** Commits of the branch that are not in this revision are rebased. */
  public String upstream() {
    return upstream;
  }

  /** New base; null: the upstream. */
  public String onto() {
    return onto;
  }

  /** The treatment of conflicts. */
  public OnConflict onConflict() {
    return onConflict;
  }

  /** Whether the repository's hooks run. */
  public boolean hooks() {
    return hooks;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RebaseSpec spec && values().equals(spec.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "RebaseSpec" + values();
  }

  private List<Object> values() {
    return Arrays.asList(upstream, onto, onConflict, hooks);
  }
}
