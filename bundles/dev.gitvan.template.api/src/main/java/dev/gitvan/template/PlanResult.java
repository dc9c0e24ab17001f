package dev.gitvan.template;

import dev.gitvan.job.Artifact;
import java.util.List;
import java.util.Optional;

/**
 * What a template's plan did, or would do.
 *
 * @param skipped why nothing is done, such as {@code when: false}; empty when the plan holds
 * @param changes one for each file, in the plan's order; none when it is skipped
 */
public record PlanResult(String skipped, List<Change> changes) {
  public PlanResult {
    changes = List.copyOf(changes);
  }

  /** Whether any file differs afterwards. */
  public boolean isChanging() {
    return changes.stream().anyMatch(change -> change.action().isChanging());
  }

  /**
   * What becomes of one file.
   *
   * @param path below the worktree, with {@code /}
   * @param diff as {@code git diff} shows it; empty when nothing changes, and once it is done
   * @param artifact the file as it is then; empty when the plan leaves it alone
   */
  public record Change(String path, Action action, String diff, Optional<Artifact> artifact) {}

  /** The kinds of change. */
  public enum Action {
    /** There was no such file. */
    CREATED,
    /** The file had another content. */
    UPDATED,
    /** The output was added at the file's end. */
    APPENDED,
    /** The output was put beside or between markers. */
    INJECTED,
    /** The file is as the plan wants it already. */
    UNCHANGED,
    /** The file exists, and the plan leaves such files alone. */
    SKIPPED;

    /** Whether the file differs afterwards. */
    public boolean isChanging() {
      return this != UNCHANGED && this != SKIPPED;
    }

    /** In lower case, as it is printed. */
    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
