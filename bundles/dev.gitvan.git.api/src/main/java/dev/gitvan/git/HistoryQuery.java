package dev.gitvan.git;

import java.util.List;
import java.util.Objects;

/** Selects commits. Immutable: each option has a method that returns a changed copy. */
public final class HistoryQuery {
  private final String from;
  private final List<String> exclude;
  private final List<String> paths;
  private final boolean ownCommits;

  private HistoryQuery(String from, List<String> exclude, List<String> paths, boolean ownCommits) {
    this.from = Objects.requireNonNull(from, "from");
    this.exclude = List.copyOf(exclude);
    this.paths = List.copyOf(paths);
    this.ownCommits = ownCommits;
  }

  /** The history of a revision, without GitVan's own commits. */
  public static HistoryQuery of(String revision) {
    return new HistoryQuery(revision, List.of(), List.of(), false);
  }

  /** Everything from HEAD, without GitVan's own commits. */
  public static HistoryQuery fromHead() {
    return of("HEAD");
  }

  /** A copy without the history of some revisions. */
  public HistoryQuery exclude(String... revisions) {
    return new HistoryQuery(from, List.of(revisions), paths, ownCommits);
  }

  /** A copy for commits that changed one of some files or directories. */
  public HistoryQuery paths(String... only) {
    return new HistoryQuery(from, exclude, List.of(only), ownCommits);
  }

  /** A copy that includes GitVan's own commits, or not. */
  public HistoryQuery ownCommits(boolean included) {
    return new HistoryQuery(from, exclude, paths, included);
  }

  /** Revision to start at. */
  public String from() {
    return from;
  }

  /** Revisions whose history is excluded. */
  public List<String> exclude() {
    return exclude;
  }

  /** Files or directories of which each commit changed at least one; empty: all. */
  public List<String> paths() {
    return paths;
  }

  /** Whether commits that GitVan made (trailer {@code Gitvan-Run}) are included. */
  public boolean ownCommits() {
    return ownCommits;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HistoryQuery query && values().equals(query.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "HistoryQuery" + values();
  }

  private List<Object> values() {
    return List.of(from, exclude, paths, ownCommits);
  }
}
