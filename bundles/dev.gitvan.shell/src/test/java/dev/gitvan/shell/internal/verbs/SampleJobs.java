package dev.gitvan.shell.internal.verbs;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobListing;
import dev.gitvan.job.JobOrigin;
import dev.gitvan.job.JobRegistry;
import dev.gitvan.repository.WorktreeId;
import java.util.List;

/** Two jobs: a valid one, and one that is not. */
final class SampleJobs implements JobRegistry {
  @Override
  public JobDefinition find(WorktreeId worktree, String name) {
    if (name.equals("changelog")) {
      return ScriptedRun.definition("changelog", "Write it");
    }
    if (!List.of("nope", "missing").contains(name)) {
      return JobDefinition.builder(name, new JobOrigin(JobOrigin.Kind.FILE, name + ".yaml"), "f1")
          .build();
    }
    throw GitVanException.of(Codes.JOB_NOT_FOUND, name, "there is no such job", "");
  }

  @Override
  public List<JobListing> list(WorktreeId worktree) {
    return List.of(
        new JobListing(
            "broken",
            null,
            List.of(),
            new Problem(Codes.JOB_CRON, "broken.yaml:3:1", "minute 99", "0 to 59.")),
        new JobListing(
            "changelog",
            find(worktree, "changelog"),
            List.of(new JobOrigin(JobOrigin.Kind.BUNDLE, "org.example 1.0.0")),
            List.of()));
  }
}
