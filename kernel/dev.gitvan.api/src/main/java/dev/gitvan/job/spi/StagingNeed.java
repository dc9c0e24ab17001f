package dev.gitvan.job.spi;

import java.util.List;

/**
 * One thing that a job is certain to stage, declared before it runs: a run whose needs cannot be
 * met is refused before the job has done anything. What depends on a condition is not a need.
 * Immutable.
 */
public sealed interface StagingNeed {
  /**
   * A commit, which needs a branch, a first commit, no operation in progress, an identity and,
   * where Git's configuration asks for it, a key to sign with.
   *
   * @param paths the pathspecs that are known already; none of them may be in conflict
   */
  record Commit(List<String> paths) implements StagingNeed {
    public Commit {
      paths = List.copyOf(paths);
    }
  }

  /**
   * An annotated tag, which needs a commit, an identity, perhaps a key, and a free name.
   *
   * @param name without {@code refs/tags/}; null when it is known only during the run
   */
  record Tag(String name) implements StagingNeed {}

  /**
   * A note, which needs a commit and a ref that can be written.
   *
   * @param ref full name below {@code refs/notes/}; null when it is known only during the run
   */
  record Note(String ref) implements StagingNeed {}

  /**
   * Another job that is called inside the run: its needs count as well.
   *
   * @param job its name
   */
  record Call(String job) implements StagingNeed {}
}
