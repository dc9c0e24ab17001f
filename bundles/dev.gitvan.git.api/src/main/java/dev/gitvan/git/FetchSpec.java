package dev.gitvan.git;

import dev.gitvan.git.RunRemotes.FetchTags;
import java.util.List;
import java.util.Objects;

/** A fetch. Immutable: each option has a method that returns a changed copy. */
public final class FetchSpec {
  private final String remote;
  private final List<String> refspecs;
  private final boolean prune;
  private final FetchTags tags;
  private final int depth;

  private FetchSpec(
      String remote, List<String> refspecs, boolean prune, FetchTags tags, int depth) {
    this.remote = Objects.requireNonNull(remote, "remote");
    this.refspecs = List.copyOf(refspecs);
    this.prune = prune;
    this.tags = Objects.requireNonNull(tags, "tags");
    this.depth = depth;
  }

  /** A fetch with the configuration of a remote. */
  public static FetchSpec of(String remote) {
    return new FetchSpec(remote, List.of(), false, FetchTags.OF_WHAT_IS_FETCHED, 0);
  }

  /** A copy with refspecs; none: the configured ones. */
  public FetchSpec refspecs(String... specs) {
    return new FetchSpec(remote, List.of(specs), prune, tags, depth);
  }

  /** A copy that deletes remote-tracking branches that are gone from the remote, or not. */
  public FetchSpec prune(boolean deleting) {
    return new FetchSpec(remote, refspecs, deleting, tags, depth);
  }

  /** A copy that fetches other tags. */
  public FetchSpec tags(FetchTags fetched) {
    return new FetchSpec(remote, refspecs, prune, fetched, depth);
  }

  /** A copy with a maximum number of commits of each history; 0: all. */
  public FetchSpec depth(int commits) {
    return new FetchSpec(remote, refspecs, prune, tags, commits);
  }

  /** Name or URL of the remote. */
  public String remote() {
    return remote;
  }

  /** Refspecs; empty: the configured ones. */
  public List<String> refspecs() {
    return refspecs;
  }

  /** Whether remote-tracking branches that are gone from the remote are deleted. */
  public boolean prune() {
    return prune;
  }

  /** The tags to fetch. */
  public FetchTags tags() {
    return tags;
  }

  /** Maximum number of commits of each history; 0: all. */
  public int depth() {
    return depth;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FetchSpec spec && values().equals(spec.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "FetchSpec" + values();
  }

  private List<Object> values() {
    return List.of(remote, refspecs, prune, tags, depth);
  }
}
