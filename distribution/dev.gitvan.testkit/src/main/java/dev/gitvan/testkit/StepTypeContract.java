package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
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
public abstract class StepTypeContract {
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
    return new StepSpec(
        key(), "", "", Map.of(), null, Nodes.of(step.get(key())), options, Nodes.PLACE);
  }

  @Test
  void optionsAreKeysOfItsOwn() {
    assertThat(stepType().options())
        .allMatch(option -> option.matches("[a-z][a-z0-9-]*"))
        .doesNotContain(key(), "name", "when", "env", "timeout")
        .isEqualTo(stepType().options());
  }

  @Test
  void soundStepsHaveNoProblem() {
    assertThat(sound()).isNotEmpty();
    for (var step : sound()) {
      assertThat(stepType().options()).containsAll(spec(step).options().keySet());
      assertThat(stepType().validate(spec(step))).as("%s", step).isEmpty();
    }
  }

  @Test
  void brokenStepsHaveProblemsWithTheirPlace() {
    for (var step : broken()) {
      assertThat(stepType().validate(spec(step)))
          .as("%s", step)
          .isNotEmpty()
          .allSatisfy(StepTypeContract::isUsable);
    }
  }

  private static void isUsable(Problem problem) {
    assertThat(problem.code()).matches("[A-Z][A-Z0-9_]+");
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
      for (var option : stepType().options()) {
        check(sound().get(0), value, option);
      }
    }
  }

  private void check(Map<String, Object> step, Object value, String... options) {
    var changed = new LinkedHashMap<>(step);
    changed.put(options.length == 0 ? key() : options[0], value);
    assertThatCode(
            () -> {
              stepType().validate(spec(changed));
              stepType().templates(spec(changed));
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
