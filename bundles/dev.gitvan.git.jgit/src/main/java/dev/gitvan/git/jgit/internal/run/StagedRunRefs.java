package dev.gitvan.git.jgit.internal.run;

import dev.gitvan.git.Expected;
import dev.gitvan.git.RefUpdate;
import dev.gitvan.git.RunRefs;
import dev.gitvan.git.jgit.internal.read.JGitRefs;
import dev.gitvan.job.spi.Staging.RefSpec;

/** Refs of a run: all staged. */
final class StagedRunRefs extends JGitRefs implements RunRefs {
  private final RunScope scope;

  StagedRunRefs(RunScope scope) {
    super(scope.view());
    this.scope = scope;
  }

  @Override
  public void update(RefUpdate update) {
    var expected = expected(update.expected());
    if (update instanceof RefUpdate.Put put) {
      scope.staging().move(new RefSpec(put.name(), expected, put.objectId(), put.message()));
      scope.planned("ref", put.name(), "moved to " + put.objectId());
    } else if (update instanceof RefUpdate.Delete delete) {
      scope.staging().move(new RefSpec(delete.name(), expected, "", ""));
      scope.planned("ref", delete.name(), "deleted");
    } else {
      throw new IllegalArgumentException("a run's refs are expected to be as they were");
    }
  }

  private static String expected(Expected expected) {
    return expected instanceof Expected.Id id
        ? id.objectId()
        : expected instanceof Expected.Absent ? "" : null;
  }
}
