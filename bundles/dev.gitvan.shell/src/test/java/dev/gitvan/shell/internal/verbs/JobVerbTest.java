package dev.gitvan.shell.internal.verbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.testkit.FakeConsole;
import dev.gitvan.testkit.FakeInvocation;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class JobVerbTest {
  private static final WorktreeId WORKTREE =
      new WorktreeId(
          Path.of("/repo/.git"), new RepositoryId(Path.of("/repo/.git")), Path.of("/repo"));

  private FakeConsole console;

  private int run(String... arguments) throws Exception {
    var call = new FakeInvocation(WORKTREE);
    console = call.console;
    return call.run(new JobVerb(new SampleJobs(), new DocumentsService()), arguments);
  }

  @Test
  void listsJobsWithTheirOrigins() throws Exception {
    assertThat(run("list")).isEqualTo(0);
    assertThat(console.printed())
        .isEqualTo(
            """
            job        from                                                         description
            broken     broken.yaml:3:1                                              JOB_CRON minute 99
            changelog  .gitvan/jobs/changelog.yaml, hides bundle org.example 1.0.0  Write it
            """);
    assertThat(run("list", "--names")).isEqualTo(0);
    assertThat(console.printed()).isEqualTo("broken\nchangelog\n");
    assertThat(run("list", "--json")).isEqualTo(0);
    assertThat(console.documents.get(0)).containsEntry("schema", "gitvan.jobs.v1");
    assertThat(console.documents.get(0).get("jobs"))
        .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
        .extracting(job -> job.get("name"), job -> job.get("valid"))
        .containsExactly(tuple("broken", false), tuple("changelog", true));
  }

  @Test
  void showsOneJob() throws Exception {
    assertThat(run("show", "changelog")).isEqualTo(0);
    assertThat(console.printed())
        .startsWith("changelog\nWrite it\n")
        .contains(
            "  input     limit = 50\n",
            "  input     level = \"low\" (string; one of \"low\", \"high\"): How much.\n",
            "  input     token (string; required; secret)\n",
            "  on        {\"push\":\"main\"}\n")
        .contains(
            """
              step      template "notes.peb"
                        when: inputs.limit > 0
                        to: "NOTES.md"
                        env: {"LANG":"C"}
                        secrets: TOKEN
                        timeout: 5s
            """);
    assertThat(console.printedErrors())
        .isEqualTo(
            "the triggers of changelog have no effect yet: start it with gitvan run changelog\n");
    assertThat(run("show", "changelog", "--json")).isEqualTo(0);
    assertThat(console.documents.get(0))
        .containsEntry("schema", "gitvan.job.v1")
        .containsEntry("name", "changelog")
        .containsEntry(
            "inputs",
            Map.of(
                "limit", ScriptedRun.INPUTS.get("limit").toMap(),
                "level", ScriptedRun.INPUTS.get("level").toMap(),
                "token", ScriptedRun.INPUTS.get("token").toMap()));
    assertThat(run("show", "nope")).isEqualTo(3);
    assertThat(console.printedErrors()).startsWith("JOB_NOT_FOUND nope");
  }

  @Test
  void validates() throws Exception {
    assertThat(run("validate")).isEqualTo(2);
    assertThat(console.printedErrors())
        .isEqualTo("JOB_CRON broken.yaml:3:1: minute 99. 0 to 59.\n");
    assertThat(run("validate", "changelog")).isEqualTo(0);
    assertThat(console.printed()).isEqualTo("changelog is valid\n");
    assertThat(run("validate", "changelgo")).isEqualTo(3);
    assertThat(console.printedErrors()).contains("Did you mean changelog?");
  }
}
