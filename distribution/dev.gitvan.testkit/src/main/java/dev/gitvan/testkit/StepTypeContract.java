package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import dev.gitvan.job.StepSchema;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.StepStatus;
import dev.gitvan.job.spi.StepType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every step type promises. Extend it and name yours. */
public abstract class StepTypeContract extends Contract {
  @TempDir Path directory;

  /** The step type under test. */
  protected abstract StepType stepType();

  /** Its key, as {@code @GitVanStep} says it. */
  protected abstract String key();

  /**
   * Steps that are well written and would do something in the repository, as mappings: the type's
   * key and its options.
   */
  protected abstract List<Map<String, Object>> sound();

  /** Steps that are badly written. */
  protected abstract List<Map<String, Object>> broken();

  /** Puts into the repository what {@link #sound} needs. */
  protected void prepare(GitSandbox repository) {
    repository.commit("README.md", "hello\n", "docs: begin");
  }

  /** A step of the type under test. */
  protected final StepSpec spec(Map<String, Object> step) {
    var options = new LinkedHashMap<String, Node>();
    step.forEach(
        (option, value) -> {
          if (!option.equals(key())) {
            options.put(option, Nodes.of(value));
          }
        });
    return StepSpec.builder(key(), Nodes.of(step.get(key())), Nodes.PLACE).options(options).build();
  }

  @Test
  void schemaHasOptionsOfItsOwn() {
    var schema = stepType().schema();
    assertThat(schema.options().keySet())
        .allMatch(option -> option.matches("[a-z][a-z0-9-]*"))
        .doesNotContain(key())
        .doesNotContainAnyElementsOf(StepSchema.COMMON_KEYS);
    assertThat(schema.options().keySet()).containsAll(schema.requires().keySet());
    schema
        .requires()
        .values()
        .forEach(needed -> assertThat(schema.options().keySet()).containsAll(needed));
    assertThat(stepType().schema()).isEqualTo(schema);
  }

  @Test
  void schemaIsDescribed() {
    var schema = stepType().schema();
    assertThat(schema.value().description()).isNotBlank();
    schema
        .options()
        .forEach((option, value) -> assertThat(value.description()).as(option).isNotBlank());
  }

  @Test
  void soundStepsHaveNoProblem() {
    assertThat(sound()).isNotEmpty();
    for (var step : sound()) {
      assertThat(stepType().schema().options().keySet()).containsAll(spec(step).options().keySet());
      assertThat(problems(spec(step))).as("%s", step).isEmpty();
    }
  }

  @Test
  void brokenStepsHaveProblemsWithTheirPlace() {
    for (var step : broken()) {
      assertThat(problems(spec(step)))
          .as("%s", step)
          .isNotEmpty()
          .allSatisfy(StepTypeContract::isUsable);
    }
  }

  /** As the job file's reader finds them: the step type sees only what its schema allows. */
  private List<Problem> problems(StepSpec step) {
    var problems = stepType().schema().check(step);
    return problems.isEmpty() ? stepType().validate(step) : problems;
  }

  private static void isUsable(Problem problem) {
    assertThat(problem.place()).startsWith(Nodes.PLACE.source());
    assertThat(problem.what()).isNotBlank().doesNotContain("java.", "Exception");
  }

  @Test
  void whateverIsWrittenNothingIsThrown() {
    var values =
        Arrays.asList(
            null,
            "",
            " ",
            "text",
            7,
            -1.5,
            true,
            List.of(),
            Map.of(),
            List.of(List.of()),
            List.of(Map.of()),
            Map.of("x", List.of(1)),
            Map.of("name", Map.of(), "message", 1));
    for (var value : values) {
      check(Map.of(), value);
      for (var option : stepType().schema().options().keySet()) {
        check(sound().get(0), value, option);
      }
    }
  }

  private void check(Map<String, Object> step, Object value, String... options) {
    var changed = new LinkedHashMap<>(step);
    changed.put(options.length == 0 ? key() : options[0], value);
    assertThatCode(
            () -> {
              if (stepType().schema().check(spec(changed)).isEmpty()) {
                stepType().validate(spec(changed));
                stepType().templates(spec(changed));
              }
            })
        .as("%s", changed)
        .doesNotThrowAnyException();
  }

  @Test
  void aDryRunChangesNothingAndSaysWhatItWould() throws Exception {
    var repository = GitSandbox.init(directory);
    prepare(repository);
    for (var step : sound()) {
      var before = snapshot(repository.root());
      var job = new FakeJobContext(repository.worktree(), "test");
      job.dryRun = true;
      job.environment = repository.environment();
      var result = stepType().run(new FakeStepContext(job, Map.of()), spec(step));
      assertThat(snapshot(repository.root())).as("%s", step).isEqualTo(before);
      assertThat(job.artifacts).as("%s", step).isEmpty();
      if (result.status() == StepStatus.OK && job.called.isEmpty()) {
        assertThat(job.planned).as("%s", step).isNotEmpty();
      }
    }
  }

  private static Map<String, Long> snapshot(Path root) throws IOException {
    var files = new TreeMap<String, Long>();
    try (var paths = Files.walk(root)) {
      for (var path : paths.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(path).toString(), Files.getLastModifiedTime(path).toMillis());
      }
    }
    return files;
  }
}
