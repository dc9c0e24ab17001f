package dev.gitvan.jobs.file.internal.step;

import dev.gitvan.extension.Selection;
import dev.gitvan.job.spi.StepType;
import dev.gitvan.jobs.file.internal.Fixture;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import dev.gitvan.testkit.StepTypeContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** GitVan's own step types keep what every step type promises. */
class StepContractsTest {
  @Nested
  class TemplateSteps extends StepTypeContract {
    @Override
    protected StepType stepType() {
      return new Fixture().types.all(Selection.ALL).get("template");
    }

    @Override
    protected String key() {
      return "template";
    }

    @Override
    protected void prepare(GitSandbox repository) {
      super.prepare(repository);
      repository.write(".gitvan/templates/a.md", "a");
      repository.write("data/x.json", "{\"n\": 1}");
    }

    @Override
    protected List<Map<String, Object>> sound() {
      return List.of(
          Map.of("template", "a.md", "to", "out/a.md", "data", Map.of("x", 1)),
          Map.of(
              "template",
              "a.md",
              "to",
              "{{ item.n }}.md",
              "for-each",
              "data/*.json",
              "priority",
              3),
          Map.of("template", "a.md", "to", "{{ item }}", "for-each", List.of("x", "y")));
    }

    @Override
    protected List<Map<String, Object>> broken() {
      return List.of(
          Map.of("template", "a", "for-each", List.of("x")),
          Map.of("template", 1, "to", "x"),
          Map.of("template", "a", "to", "x", "data", List.of()),
          Map.of("template", "a", "to", "x", "priority", 1),
          Map.of("template", "a", "to", "x", "for-each", "y", "concurrency", 65));
    }
  }

  @Nested
  class RunSteps extends StepTypeContract {
    @Override
    protected StepType stepType() {
      return new RunStep(new LocalLauncher());
    }

    @Override
    protected String key() {
      return "run";
    }

    @Override
    protected List<Map<String, Object>> sound() {
      return List.of(
          Map.of("run", "touch x"),
          Map.of("run", List.of("touch", "y", 1)),
          Map.of("run", "touch {all_files}"));
    }

    @Override
    protected List<Map<String, Object>> broken() {
      return List.of(
          Map.of("run", List.of()),
          Map.of("run", 1),
          Map.of("run", List.of(Map.of())),
          Map.of("run", "sh -c 'x {all_files}'"));
    }
  }

  @Nested
  class CommitSteps extends StepTypeContract {
    @Override
    protected StepType stepType() {
      return new CommitStep();
    }

    @Override
    protected String key() {
      return "commit";
    }

    @Override
    protected List<Map<String, Object>> sound() {
      return List.of(Map.of("commit", Map.of("message", "m", "paths", List.of("README.md"))));
    }

    @Override
    protected List<Map<String, Object>> broken() {
      return List.of(
          Map.of("commit", "m"),
          Map.of("commit", Map.of("message", "m")),
          Map.of("commit", Map.of("message", 1, "paths", List.of("a"))),
          Map.of("commit", Map.of("message", "m", "paths", List.of())),
          Map.of("commit", Map.of("message", "m", "paths", List.of("a"), "path", "a")));
    }
  }

  @Nested
  class TagSteps extends StepTypeContract {
    @Override
    protected StepType stepType() {
      return new TagStep();
    }

    @Override
    protected String key() {
      return "tag";
    }

    @Override
    protected List<Map<String, Object>> sound() {
      return List.of(Map.of("tag", Map.of("name", "v1", "message", "m")));
    }

    @Override
    protected List<Map<String, Object>> broken() {
      return List.of(Map.of("tag", "v1"), Map.of("tag", Map.of("name", "v1")));
    }
  }

  @Nested
  class NoteSteps extends StepTypeContract {
    @Override
    protected StepType stepType() {
      return new NoteStep();
    }

    @Override
    protected String key() {
      return "note";
    }

    @Override
    protected List<Map<String, Object>> sound() {
      return List.of(Map.of("note", Map.of("ref", "refs/notes/review", "message", "m")));
    }

    @Override
    protected List<Map<String, Object>> broken() {
      return List.of(
          Map.of("note", Map.of("ref", "refs/heads/x", "message", "m")),
          Map.of("note", Map.of("ref", "refs/notes/", "message", "m")),
          Map.of("note", Map.of("ref", "-x", "message", "m")),
          Map.of("note", Map.of("message", "m")));
    }
  }

  @Nested
  class JobSteps extends StepTypeContract {
    @Override
    protected StepType stepType() {
      return new JobStep();
    }

    @Override
    protected String key() {
      return "job";
    }

    @Override
    protected List<Map<String, Object>> sound() {
      return List.of(Map.of("job", Map.of("name", "other", "inputs", Map.of("a", 1))));
    }

    @Override
    protected List<Map<String, Object>> broken() {
      return List.of(
          Map.of("job", "other"),
          Map.of("job", Map.of("name", "a b")),
          Map.of("job", Map.of("name", "a", "inputs", List.of())));
    }
  }
}
