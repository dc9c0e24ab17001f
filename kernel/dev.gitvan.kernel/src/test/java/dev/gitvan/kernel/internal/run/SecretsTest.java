package dev.gitvan.kernel.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobInput;
import dev.gitvan.job.JobInput.Type;
import dev.gitvan.job.JobOrigin;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.StandardStream;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.spi.Job;
import dev.gitvan.job.spi.JobResult;
import dev.gitvan.job.spi.JobSource;
import dev.gitvan.job.spi.StepResult;
import dev.gitvan.kernel.internal.Offers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run prints, records and stores about its inputs, of which some are secret. */
@Timeout(60)
class SecretsTest {
  private static final String SECRET = "correct-horse";

  @TempDir Path directory;
  private Runs runs;
  private final List<Object> hookData = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open() {
    runs = new Runs(directory);
  }

  @AfterEach
  void close() {
    runs.close();
  }

  private void job(Map<String, JobInput> inputs, Job body) {
    var origin = new JobOrigin(JobOrigin.Kind.FILE, "job.yaml:1");
    var place = new Place("job.yaml", 1, 1);
    var step = StepSpec.builder("run", new Node.Scalar(place, "", ""), place).build();
    var definition =
        JobDefinition.builder("job", origin, "0").inputs(inputs).steps(List.of(step)).build();
    JobSource source =
        (tree, configuration) -> List.of(new JobSource.Found.Valid(definition, body));
    runs.jobs.addSource(Offers.of(source).offer());
  }

  private static Map<String, JobInput> token() {
    return Map.of("token", JobInput.builder().type(Type.STRING).secret(true).build());
  }

  private JobRun submit(Map<String, Object> inputs) {
    return runs.submit(runs.order("job").inputs(inputs));
  }

  private void assertHidden(JobRun run) {
    assertThat(documents(run)).doesNotContain(SECRET);
    assertThat(runs.heard.all).noneMatch(event -> event.contains(SECRET));
    assertThat(hookData.toString()).doesNotContain(SECRET);
  }

  private String documents(JobRun run) {
    return runs.documents.toJson(run.order().toMap())
        + runs.documents.toJson(run.receipt().orElseThrow().toMap())
        + runs.git.receipts.stream().map(r -> runs.documents.toJson(r.toMap())).toList();
  }

  @Test
  void theJobHasTheValueAndNobodyElse() {
    runs.hook(
        HookEvent.JOB_BEFORE,
        event -> {
          hookData.add(event.data());
          return HookOutcome.passed();
        });
    job(
        token(),
        context -> {
          var value = (String) context.inputs().get("token");
          assertThat(value).isEqualTo(SECRET);
          context.print(StandardStream.OUT, "the token is " + value);
          context.artifact(new Artifact("out/" + value, "00", 1));
          context.step("run", "use " + value, null, () -> StepResult.ok("used " + value));
          return JobResult.ok();
        });
    var run = submit(Map.of("token", SECRET));
    Runs.ended(run);
    assertHidden(run);
    assertThat(runs.heard.all).contains("OUT the token is ***", "step use ***");
    assertThat(run.receipt().orElseThrow().inputs()).isEqualTo(Map.of("token", "***"));
    assertThat(hookData.toString()).contains("token=***");
  }

  @Test
  void failuresAreShownWithoutIt() {
    job(
        token(),
        context -> {
          throw new IllegalStateException("refused: " + context.inputs().get("token"));
        });
    var run = submit(Map.of("token", SECRET));
    var receipt = Runs.ended(run);
    assertHidden(run);
    assertThat(receipt.error().what()).contains("refused: ***");
    assertThat(run.failure().orElseThrow()).hasMessageContaining("refused: ***");
  }

  @Test
  void receiptsHideShortSecretsToo() {
    job(token(), context -> JobResult.ok());
    var run = submit(Map.of("token", "ab"));
    assertThat(Runs.ended(run).inputs()).isEqualTo(Map.of("token", "***"));
    assertThat(run.order().inputs()).isEqualTo(Map.of("token", "***"));
  }

  @Test
  void bundlesDeclareSecretInputs() {
    runs.jobs.add(
        Offers.of((Job) context -> JobResult.ok())
            .with("gitvan.job.name", "bundled")
            .with("gitvan.job.inputs", "token=")
            .with("gitvan.job.secrets", "token")
            .offer());
    var run = runs.submit(runs.order("bundled").inputs(Map.of("token", SECRET)));
    assertThat(Runs.ended(run).inputs()).isEqualTo(Map.of("token", "***"));
  }

  @Test
  void jobsHideWhatTheyLearn() {
    job(
        Map.of("copy", JobInput.of(null)),
        context -> {
          context.secret(SECRET);
          context.print(StandardStream.ERR, "learned " + SECRET);
          return JobResult.ok();
        });
    assertThat(Runs.ended(submit(Map.of("copy", SECRET))).inputs()).containsValue("***");
    assertThat(runs.heard.all).contains("ERR learned ***");
  }

  @Test
  void calledRunsHideTheSecretsOfTheirCaller() {
    runs.job(
        "inner",
        "inputs",
        "text=x",
        context -> {
          context.print(StandardStream.OUT, "inner " + context.inputs().get("text"));
          return JobResult.ok();
        });
    job(token(), context -> context.call("inner", Map.of("text", context.inputs().get("token"))));
    var run = submit(Map.of("token", SECRET));
    Runs.ended(run);
    assertHidden(run);
    assertThat(runs.heard.all).contains("OUT inner ***");
    assertThat(runs.git.receipts).hasSize(2);
  }

  @Test
  void dryRunsHideItInWhatIsPlanned() {
    job(
        token(),
        context -> {
          context.planned(new PlannedEffect("run", "use " + context.inputs().get("token"), ""));
          return JobResult.ok();
        });
    Runs.ended(runs.submit(runs.order("job").inputs(Map.of("token", SECRET)).dryRun(true)));
    assertThat(runs.heard.all).contains("planned run use ***");
  }

  @Test
  void keyFilesDoNotHaveItAndKeysDoNotDependOnIt() throws IOException {
    job(token(), context -> JobResult.ok());
    var first = runs.submit(runs.order("job").inputs(Map.of("token", SECRET)).key("k"));
    Runs.ended(first);
    try (var files = Files.list(KeyFiles.directory(runs.worktree.repository()))) {
      assertThat(files.filter(file -> file.toString().endsWith(".json")))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(file).content().doesNotContain(SECRET));
    }
    var again = runs.submit(runs.order("job").inputs(Map.of("token", "rotated")).key("k"));
    assertThat(again.existing()).isTrue();
    assertThat(again.id()).isEqualTo(first.id());
  }

  @Test
  void inputsAreCheckedBeforeAnythingRuns() {
    job(
        Map.of(
            "level",
                JobInput.builder()
                    .type(Type.STRING)
                    .choices(List.of("low", "high"))
                    .defaultValue("low")
                    .build(),
            "count", JobInput.builder().type(Type.INTEGER).defaultValue(1L).build(),
            "token", JobInput.builder().type(Type.STRING).required(true).secret(true).build()),
        context -> {
          throw new AssertionError("it ran");
        });
    assertRefused(Map.of(), "input token is required. Pass it in a document on standard input");
    assertRefused(
        Map.of("token", "t", "level", "hgih"),
        "input level must be one of low, high, but is \"hgih\". Did you mean high?");
    assertRefused(
        Map.of("token", "t", "count", 1.5),
        "input count must be an integer, but is 1.5. Pass an integer.");
    assertThatThrownBy(() -> submit(Map.of("token", 12345678L)))
        .hasMessageContaining("input token must be a string. Pass a string.");
    assertThat(runs.heard.all).isEmpty();
  }

  private void assertRefused(Map<String, Object> inputs, String message) {
    for (boolean dry : new boolean[] {false, true}) {
      assertThatThrownBy(() -> runs.submit(runs.order("job").inputs(inputs).dryRun(dry)))
          .hasMessageContaining(message)
          .isInstanceOfSatisfying(
              GitVanException.class, e -> assertThat(e.code()).isEqualTo(Codes.JOB_INPUT_INVALID));
    }
  }
}
