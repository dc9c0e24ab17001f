package dev.gitvan.template;

import dev.gitvan.job.Artifact;
import java.util.List;
import java.util.Optional;

/**
 * The result of a template's plan, or its preview.
 *
 * @param skipped reason why the plan is skipped, such as {@code when: false}; else empty
 * @param changes one for each file, in the plan's order; empty if it is skipped
 */
public record PlanResult(String skipped, List<Change> changes) {
  public PlanResult {
    changes = List.copyOf(changes);
  }

  /** Whether any file changes. */
  public boolean isChanging() {
    return changes.stream().anyMatch(change -> change.action().isChanging());
  }

  /**
   * The change of one file.
   *
   * @param path relative to the worktree, with {@code /}
   * @param diff as in {@code git diff}; empty if nothing changes, and after the plan was applied
   * @param artifact the resulting file; empty if the plan skips it
   */
  public record Change(String path, Action action, String diff, Optional<Artifact> artifact) {}

  /** The kinds of change. */
  public enum Action {
    /** The file did not exist. */
    CREATED,
    /** The file had different content. */
    UPDATED,
    /** The output was appended to the file. */
    APPENDED,
    /** The output was inserted next to or between markers. */
    INJECTED,
    /** The file is already up to date. */
    UNCHANGED,
    /** The file exists, and the plan skips existing files. */
    SKIPPED;

    /** Whether the file changes. */
    public boolean isChanging() {
      return this != UNCHANGED && this != SKIPPED;
    }

    /** The name in lower case, as printed. */
    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
