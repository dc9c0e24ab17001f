package dev.gitvan.git;

import java.util.List;

/**
 * Selects commits.
 *
 * @param from revision to start at
 * @param exclude revisions whose history is excluded
 * @param paths only commits that changed one of these files or directories; empty: all
 * @param ownCommits whether commits that GitVan made (trailer {@code Gitvan-Run}) are included
 */
public record HistoryQuery(
    String from, List<String> exclude, List<String> paths, boolean ownCommits) {
  public HistoryQuery {
    exclude = List.copyOf(exclude);
    paths = List.copyOf(paths);
  }

  /** Everything from HEAD, without GitVan's own commits. */
  public static HistoryQuery fromHead() {
    return new HistoryQuery("HEAD", List.of(), List.of(), false);
  }
}
