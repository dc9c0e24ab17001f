package dev.gitvan.git;

import dev.gitvan.git.Operations.FastForward;
import dev.gitvan.git.Operations.OnConflict;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A merge. Immutable: each option has a method that returns a changed copy. */
public final class MergeSpec {
  private final String revision;
  private final String message;
  private final FastForward fastForward;
  private final OnConflict onConflict;
  private final boolean hooks;

  private MergeSpec(
      String revision,
      String message,
      FastForward fastForward,
      OnConflict onConflict,
      boolean hooks) {
    this.revision = Objects.requireNonNull(revision, "revision");
    this.message = message;
    this.fastForward = Objects.requireNonNull(fastForward, "fastForward");
    this.onConflict = Objects.requireNonNull(onConflict, "onConflict");
    this.hooks = hooks;
  }

  /** A merge with the defaults of {@code git merge}; a conflict is aborted, hooks do not run. */
  public static MergeSpec of(String revision) {
    return new MergeSpec(revision, null, FastForward.ALLOWED, OnConflict.ABORT, false);
  }

  /** A copy with a message; null: Git's default. */
  public MergeSpec message(String text) {
    return new MergeSpec(revision, text, fastForward, onConflict, hooks);
  }

  /** A copy with another fast-forward rule. */
  public MergeSpec fastForward(FastForward rule) {
    return new MergeSpec(revision, message, rule, onConflict, hooks);
  }

  /** A copy with another treatment of conflicts. */
  public MergeSpec onConflict(OnConflict treatment) {
    return new MergeSpec(revision, message, fastForward, treatment, hooks);
  }

  /** A copy for which the repository's hooks run, or not. */
  public MergeSpec hooks(boolean run) {
    return new MergeSpec(revision, message, fastForward, onConflict, run);
  }

  /** What is merged. */
  public String revision() {
    return revision;
  }

  /** Message of the commit; null: Git's default. */
  public String message() {
    return message;
  }

  /** Whether it may be a fast-forward. */
  public FastForward fastForward() {
    return fastForward;
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
    return other instanceof MergeSpec spec && values().equals(spec.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "MergeSpec" + values();
  }

  private List<Object> values() {
    return Arrays.asList(revision, message, fastForward, onConflict, hooks);
  }
}
