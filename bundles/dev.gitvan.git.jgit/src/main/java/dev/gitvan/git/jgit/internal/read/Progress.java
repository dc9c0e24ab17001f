package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.GitRepository.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a worktree is in the middle of, by the files that Git keeps for it. */
public final class Progress {
  private Progress() {}

  /**
   * @param gitDir the worktree's own
   */
  public static State of(Path gitDir) {
    if (exists(gitDir, "rebase-merge") || exists(gitDir, "rebase-apply")) {
      return State.REBASING;
    }
    if (exists(gitDir, "MERGE_HEAD")) {
      return State.MERGING;
    }
    if (exists(gitDir, "CHERRY_PICK_HEAD")) {
      return State.CHERRY_PICKING;
    }
    if (exists(gitDir, "REVERT_HEAD")) {
      return State.REVERTING;
    }
    if (exists(gitDir, "sequencer/todo")) {
      return sequencer(gitDir.resolve("sequencer/todo"));
    }
    return exists(gitDir, "BISECT_LOG") ? State.BISECTING : State.NORMAL;
  }

  /** Between two commits of a series, only the list of what is left shows it. */
  private static State sequencer(Path todo) {
    try (var lines = Files.lines(todo)) {
      return lines
          .filter(line -> !line.isBlank())
          .findFirst()
          .map(line -> line.startsWith("revert") ? State.REVERTING : State.CHERRY_PICKING)
          .orElse(State.NORMAL);
    } catch (IOException | java.io.UncheckedIOException e) {
      return State.CHERRY_PICKING;
    }
  }

  private static boolean exists(Path gitDir, String name) {
    return Files.exists(gitDir.resolve(name));
  }
}
