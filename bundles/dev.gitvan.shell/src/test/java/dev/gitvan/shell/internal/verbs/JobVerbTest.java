package dev.gitvan.shell.internal.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobListing;
import dev.gitvan.job.JobOrigin;
import dev.gitvan.job.JobRegistry;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.shell.internal.ShellFixture;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobVerbTest {
  private final ShellFixture shell = new ShellFixture();

  JobVerbTest() {
    shell.verb("job", () -> new JobVerb(new Jobs(), ShellFixture.DOCUMENTS));
  }

  @Test
  void listsJobsWithTheirOrigins() {
    assertThat(shell.run("job", "list")).isEqualTo(0);
    assertThat(shell.out)
        .isEqualTo(
            """
            job        from                                                         description
            broken     broken.yaml:3:1                                              JOB_CRON minute 99
            changelog  .gitvan/jobs/changelog.yaml, hides bundle org.example 1.0.0  Write it
            """);
    assertThat(shell.run("job", "list", "--names")).isEqualTo(0);
    assertThat(shell.out).isEqualTo("broken\nchangelog\n");
    assertThat(shell.run("job", "list", "--json")).isEqualTo(0);
    assertThat(shell.out)
        .startsWith("{\"schema\":\"gitvan.jobs.v1\",\"jobs\":[{\"name\":\"broken\"")
        .contains("\"valid\":false,\"problems\":[{\"code\":\"JOB_CRON\"");
  }

  @Test
  void showsOneJob() {
    assertThat(shell.run("job", "show", "changelog")).isEqualTo(0);
    assertThat(shell.out)
        .startsWith("changelog\nWrite it\n")
        .contains("  input     limit = 50\n", "  on        {\"push\":\"main\"}\n");
    assertThat(shell.run("--json", "job", "show", "changelog")).isEqualTo(0);
    assertThat(shell.out).startsWith("{\"schema\":\"gitvan.job.v1\",\"name\":\"changelog\"");
    assertThat(shell.run("job", "show", "nope")).isEqualTo(3);
    assertThat(shell.err).startsWith("JOB_NOT_FOUND nope");
  }

  @Test
  void validates() {
    assertThat(shell.run("job", "validate")).isEqualTo(2);
    assertThat(shell.err).isEqualTo("JOB_CRON broken.yaml:3:1: minute 99. 0 to 59.\n");
    assertThat(shell.run("job", "validate", "changelog")).isEqualTo(0);
    assertThat(shell.out).isEqualTo("changelog is valid\n");
    assertThat(shell.run("job", "validate", "changelgo")).isEqualTo(3);
    assertThat(shell.err).contains("Did you mean changelog?");
  }

  private static final class Jobs implements JobRegistry {
    @Override
    public JobDefinition find(WorktreeId worktree, String name) {
      if (name.equals("changelog")) {
        return ScriptedRun.definition("changelog", "Write it");
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
}
