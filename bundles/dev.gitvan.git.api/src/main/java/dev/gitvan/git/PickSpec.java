package dev.gitvan.git;

import java.util.List;
import java.util.Objects;

/**
 * A commit to cherry-pick or revert. Immutable: each option has a method that returns a changed
 * copy.
 */
public final class PickSpec {
  private final String revision;
  private final int mainline;
  private final boolean origin;

  private PickSpec(String revision, int mainline, boolean origin) {
    this.revision = Objects.requireNonNull(revision, "revision");
    this.mainline = mainline;
    this.origin = origin;
  }

  /** A commit that is not a merge. */
  public static PickSpec of(String revision) {
    return new PickSpec(revision, 0, false);
  }

  /** A copy for a merge, which is compared with the parent of this number, from 1. */
  public PickSpec mainline(int parent) {
    return new PickSpec(revision, parent, origin);
  }

  /** A copy whose message names the picked commit, or not. */
  public PickSpec origin(boolean named) {
    return new PickSpec(revision, mainline, named);
  }

  /** The commit. */
  public String revision() {
    return revision;
  }

  /** Number of the parent to compare a merge with, from 1; 0 for other commits. */
  public int mainline() {
    return mainline;
  }

  /** Whether the message gets a line {@code (cherry picked from commit ...)}. */
  public boolean origin() {
    return origin;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PickSpec spec && values().equals(spec.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "PickSpec" + values();
  }

  private List<Object> values() {
    return List.of(revision, mainline, origin);
  }
}
