package dev.gitvan.git;

import java.util.Arrays;
import java.util.List;

/** Changes to stash. Immutable: each option has a method that returns a changed copy. */
public final class StashSpec {
  private final String message;
  private final boolean untracked;
  private final boolean keepIndex;
  private final List<String> paths;

  private StashSpec(String message, boolean untracked, boolean keepIndex, List<String> paths) {
    this.message = message;
    this.untracked = untracked;
    this.keepIndex = keepIndex;
    this.paths = List.copyOf(paths);
  }

  /**
   * All changes of tracked files.
   *
   * @param message message of the entry; null: Git's default
   */
  public static StashSpec of(String message) {
    return new StashSpec(message, false, false, List.of());
  }

  /** A copy that includes untracked files, or not. */
  public StashSpec untracked(boolean included) {
    return new StashSpec(message, included, keepIndex, paths);
  }

  /** A copy that keeps staged changes in the index and the files, or not. */
  public StashSpec keepIndex(boolean kept) {
    return new StashSpec(message, untracked, kept, paths);
  }

  /** A copy for some paths. */
  public StashSpec paths(String... only) {
    return new StashSpec(message, untracked, keepIndex, List.of(only));
  }

  /** Message of the entry; null: Git's default. */
  public String message() {
    return message;
  }

  /** Whether untracked files are included. */
  public boolean untracked() {
    return untracked;
  }

  /** Whether staged changes stay in the index and the files. */
  public boolean keepIndex() {
    return keepIndex;
  }

  /** Paths to include; empty: all. */
  public List<String> paths() {
    return paths;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StashSpec spec && values().equals(spec.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "StashSpec" + values();
  }

  private List<Object> values() {
    return Arrays.asList(message, untracked, keepIndex, paths);
  }
}
