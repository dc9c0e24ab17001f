package dev.gitvan.jobs.file.internal.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.job.RunStatus;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.StepStatus;
import dev.gitvan.job.spi.JobResult;
import dev.gitvan.job.spi.Staging.CommitSpec;
import dev.gitvan.job.spi.Staging.NoteSpec;
import dev.gitvan.job.spi.Staging.TagSpec;
import dev.gitvan.job.spi.StepResult;
import dev.gitvan.job.spi.StepType;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.testkit.FakeJobContext;
import dev.gitvan.testkit.FakeStepContext;
import dev.gitvan.testkit.Nodes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GitStepsTest {
  private final FakeJobContext job =
      new FakeJobContext(
          new WorktreeId(Path.of("/r/.git"), new RepositoryId(Path.of("/r/.git")), Path.of("/r")),
          "release");
  private final FakeStepContext context =
      new FakeStepContext(job, Map.of("version", "2.0", "option", "--upload-pack=x", "none", ""));

  private StepResult run(StepType type, String key, Map<String, Object> value) throws Exception {
    return type.run(context, StepSpec.builder(key, Nodes.of(value), Nodes.PLACE).build());
  }

  @Test
  void commitStagesNamedPaths() throws Exception {
    var value =
        Map.<String, Object>of(
            "message", "docs: {{ version }}", "paths", List.of("{{ version }}.md", "docs/"));
    var result = run(new CommitStep(), "commit", value);
    assertThat(job.staging.staged)
        .containsExactly(new CommitSpec("docs: 2.0", List.of("2.0.md", "docs/")));
    assertThat(result.message()).isEqualTo("committed c000000");
    assertThat(result.outputs()).containsEntry("commit", job.staging.head().get());

    job.staging.hasChange = false;
    result = run(new CommitStep(), "commit", value);
    assertThat(result.status()).isEqualTo(StepStatus.UNCHANGED);
    assertThat(result.message()).isEqualTo("nothing to commit");
  }

  @Test
  void whatIsEmptyOnceRenderedIsAnError() {
    var commit = new CommitStep();
    assertThatThrownBy(
            () -> run(commit, "commit", Map.of("message", "{{ none }}", "paths", List.of("a"))))
        .hasMessageContaining("CONFIG_REQUIRED test.yaml:1:1: commit.message is empty");
    assertThatThrownBy(
            () -> run(commit, "commit", Map.of("message", "m", "paths", List.of("{{ none }}"))))
        .hasMessageContaining("an entry of commit.paths is empty");
    assertThat(job.staging.staged).isEmpty();
  }

  @Test
  void tagsAndNotesAreStaged() throws Exception {
    run(new TagStep(), "tag", Map.of("name", "v{{ version }}", "message", "Version {{ version }}"));
    run(new NoteStep(), "note", Map.of("ref", "refs/notes/{{ version }}", "message", "ok"));
    assertThat(job.staging.staged)
        .containsExactly(new TagSpec("v2.0", "Version 2.0"), new NoteSpec("refs/notes/2.0", "ok"));
  }

  @Test
  void namesThatGitWouldTakeForOptionsAreRefused() {
    assertThatThrownBy(
            () -> run(new TagStep(), "tag", Map.of("name", "{{ option }}", "message", "m")))
        .hasMessageContaining(
            "ARG_LOOKS_LIKE_OPTION test.yaml:1:1: tag.name is --upload-pack=x, which Git would read"
                + " as an option");
    assertThatThrownBy(
            () -> run(new NoteStep(), "note", Map.of("ref", "{{ option }}", "message", "m")))
        .hasMessageContaining("ARG_LOOKS_LIKE_OPTION");
    assertThatThrownBy(
            () ->
                run(
                    new NoteStep(),
                    "note",
                    Map.of("ref", "refs/heads/{{ version }}", "message", "m")))
        .hasMessageContaining("REF_INVALID test.yaml:1:1: refs/heads/2.0 is not below refs/notes/");
    assertThat(job.staging.staged).isEmpty();
  }

  @Test
  void aDryRunPlans() throws Exception {
    job.dryRun = true;
    run(new CommitStep(), "commit", Map.of("message", "m", "paths", List.of("a")));
    run(new TagStep(), "tag", Map.of("name", "v1", "message", "m"));
    run(new NoteStep(), "note", Map.of("ref", "refs/notes/x", "message", "m"));
    assertThat(job.planned)
        .extracting(effect -> effect.kind() + " " + effect.subject())
        .containsExactly("commit refs/heads/main", "tag refs/tags/v1", "note refs/notes/x");
  }

  /** A name with a part that a command would print is neither checked nor staged. */
  @Test
  void aDryRunSaysWhatIsUnknownUntilTheRun() throws Exception {
    job.dryRun = true;
    var unknown = "[unknown until run]";
    var tag = run(new TagStep(), "tag", Map.of("name", "v" + unknown, "message", "m"));
    assertThat(tag.message()).isEqualTo("would tag v[unknown until run]");
    assertThat(tag.outputs()).containsEntry("id", unknown);
    run(new NoteStep(), "note", Map.of("ref", "refs/notes/" + unknown, "message", "m"));
    assertThat(job.staging.staged).isEmpty();
    var commit = run(new CommitStep(), "commit", Map.of("message", unknown, "paths", List.of("a")));
    assertThat(commit.outputs()).containsEntry("commit", unknown);
  }

  /** Only what is known not to change is not committed; a command may have changed it. */
  @Test
  void aDryRunCommitsWhatWouldChange() throws Exception {
    job.dryRun = true;
    job.staging.hasChange = false;
    var value = Map.<String, Object>of("message", "m", "paths", List.of("a"));
    var unchanged = run(new CommitStep(), "commit", value);
    assertThat(unchanged.status()).isEqualTo(StepStatus.UNCHANGED);
    assertThat(unchanged.message()).isEqualTo("nothing to commit");
    assertThat(job.planned).isEmpty();

    job.predictable = false;
    var perhaps = run(new CommitStep(), "commit", value);
    assertThat(perhaps.status()).isEqualTo(StepStatus.OK);
    assertThat(perhaps.message()).isEqualTo("would commit a, if earlier steps change them");
    assertThat(job.planned).hasSize(1);
  }

  @Test
  void withoutATransactionNothingIsWritten() {
    job.staging = null;
    assertThatThrownBy(() -> run(new TagStep(), "tag", Map.of("name", "v1", "message", "m")))
        .hasMessageContaining("NO_TRANSACTION");
  }

  @Test
  void jobsAreCalledWithRenderedInputs() throws Exception {
    job.callResult = new JobResult(RunStatus.OK, "done", Map.of("x", 1));
    var value = Map.<String, Object>of("name", "other", "inputs", Map.of("v", "{{ version }}"));
    var result = run(new JobStep(), "job", value);
    assertThat(job.called).containsExactly("other", Map.of("v", "2.0"));
    assertThat(result).isEqualTo(StepResult.ok("done", Map.of("x", 1)));

    job.callResult = JobResult.skipped("nothing to do");
    assertThat(run(new JobStep(), "job", value).status()).isEqualTo(StepStatus.SKIPPED);
    job.callResult = JobResult.failed("no luck");
    assertThatThrownBy(() -> run(new JobStep(), "job", value))
        .hasMessageContaining("STEP_FAILED test.yaml:1:1: the job other failed: no luck");
  }
}
