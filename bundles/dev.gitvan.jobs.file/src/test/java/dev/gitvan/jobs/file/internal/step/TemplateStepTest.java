package dev.gitvan.jobs.file.internal.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.StepStatus;
import dev.gitvan.job.spi.JobSource.Found;
import dev.gitvan.jobs.file.internal.Fixture;
import dev.gitvan.testkit.FakeJobContext;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TemplateStepTest {
  private final Fixture fixture = new Fixture();

  @TempDir Path directory;
  private GitSandbox repository;
  private FakeJobContext context;

  @BeforeEach
  void repository() {
    repository = GitSandbox.init(directory);
    repository.write(".gitvan/templates/page.md", "# {{ title }} {{ item.name }}{{ inputs.x }}\n");
    context = new FakeJobContext(repository.worktree(), "x");
    context.inputs = Map.of("x", "!");
  }

  private void run(String step) throws Exception {
    repository.write(".gitvan/jobs/x.yaml", "steps:\n  - { template: page.md, " + step + " }\n");
    var found = fixture.find(repository.worktree(), "x").orElseThrow();
    if (found instanceof Found.Invalid broken) {
      throw broken.problems().get(0).toException();
    }
    ((Found.Valid) found).body().run(context);
  }

  private GitVanException failure(String step) {
    return catchThrowableOfType(GitVanException.class, () -> run(step));
  }

  private List<String> artifacts() {
    return context.artifacts.stream().map(Artifact::path).toList();
  }

  private void data(String name, String json) {
    repository.write("data/" + name, json);
  }

  @Test
  void oneFileIsWrittenAndLeftAloneAfterwards() throws Exception {
    run("to: 'out/{{ inputs.x }}.md', data: { title: 'Hello {{ inputs.x }}', item: { name: N } }");
    assertThat(repository.read("out/!.md")).isEqualTo("# Hello ! N!\n");
    assertThat(artifacts()).containsExactly("out/!.md");
    run("to: 'out/{{ inputs.x }}.md', data: { title: 'Hello {{ inputs.x }}', item: { name: N } }");
    assertThat(context.steps)
        .extracting(step -> step.status() + " " + step.message())
        .containsExactly("ok wrote out/!.md", "unchanged out/!.md is up to date");
  }

  @Test
  void whatIsNotCommittedIsReplacedOnlyByForce() throws Exception {
    repository.write("a.md", "");
    assertThat(failure("to: a.md").code()).isEqualTo(Codes.REPO_DIRTY);
    assertThat(failure("for-each: [1], to: a.md").code()).isEqualTo(Codes.REPO_DIRTY);
    assertThat(repository.read("a.md")).isEmpty();
    run("to: a.md, force: overwrite, data: { title: Hello, item: { name: N } }");
    assertThat(repository.read("a.md")).isEqualTo("# Hello N!\n");
    assertThat(failure("to: a.md, force: always").code()).isEqualTo(Codes.CONFIG_RANGE);
    assertThat(failure("force: overwrite").code()).isEqualTo(Codes.CONFIG_REQUIRED);
  }

  @Test
  void oneFileForEachDataFile() throws Exception {
    data("b.json", "{\"name\": \"b\"}");
    data("a.yaml", "name: a");
    data("c.txt", "name: c");
    data("deep/d.json", "{\"name\": \"d\"}");
    run("for-each: 'data/**/*.{json,yaml}', to: 'site/{{ item.name }}-{{ index }}.md'");
    assertThat(artifacts()).containsExactly("site/a-0.md", "site/b-1.md", "site/d-2.md");
    assertThat(repository.read("site/b-1.md")).isEqualTo("# null b!\n");
    assertThat(context.steps.get(0).message()).isEqualTo("wrote 3 of 3 files");
    run("for-each: 'data/**/*.{json,yaml}', to: 'site/{{ item.name }}-{{ index }}.md'");
    assertThat(context.steps.get(1).status()).isEqualTo(StepStatus.UNCHANGED);
  }

  @Test
  void aFileKnowsItsPath() throws Exception {
    data("a.json", "[1, 2]");
    run("for-each: data/*.json, to: '{{ path }}.md'");
    assertThat(artifacts()).containsExactly("data/a.json.md");
  }

  @Test
  void listsAreItems() throws Exception {
    run("for-each: [{ name: a }, { name: '{{ inputs.x }}' }], to: '{{ item.name }}.md'");
    assertThat(artifacts()).containsExactly("a.md", "!.md");
    context.inputs = Map.of("x", "", "list", List.of("p", "q"));
    run("for-each: '{{ inputs.list }}', to: '{{ item }}.txt'");
    assertThat(artifacts()).contains("p.txt", "q.txt");
  }

  /** What is no path on this system is for the templates to refuse, which know the location. */
  @Test
  void anyNameCanBeCompared() {
    assertThat(Items.normal("./a//\ud83d/./b")).isEqualTo("a/\ud83d/b");
    assertThat(Items.normal("a\0")).isEqualTo("a\0");
  }

  @Test
  void manyFilesKeepTheirOrder() throws Exception {
    IntStream.range(0, 200)
        .forEach(i -> data(String.format("%03d.json", i), "{\"name\": \"n" + i + "\"}"));
    run("for-each: data/*.json, to: 'site/{{ item.name }}.md', priority: '{{ index }}'");
    assertThat(artifacts())
        .containsExactlyElementsOf(
            IntStream.range(0, 200).mapToObj(i -> "site/n" + i + ".md").toList());
  }

  @Test
  void twoItemsMustNotBeOneFile() throws Exception {
    data("a.json", "{\"name\": \"x\"}");
    data("b.json", "{\"name\": \"./x\"}");
    assertThat(failure("for-each: data/*.json, to: 'site/{{ item.name }}.md'").getMessage())
        .isEqualTo(
            "OUTPUT_DUPLICATE .gitvan/jobs/x.yaml:2:53: data/a.json and data/b.json would both be"
                + " written to site/./x.md. Use a value that differs between them in to.");
    assertThat(repository.root().resolve("site")).doesNotExist();
  }

  @Test
  void aFailureNamesTheFirstAndKeepsWhatWasWritten() throws Exception {
    repository.write(".gitvan/templates/page.md", "{{ item.text }}");
    data("a.json", "{\"name\": \"a\", \"text\": \"fine\"}");
    assertThat(failure("for-each: data/*.json, to: '{{ fail }}'").code())
        .isEqualTo(Codes.TEMPLATE_UNDEFINED);
    assertThat(artifacts()).isEmpty();
    repository.write(".gitvan/templates/page.md", "{{ fail }}");
    assertThat(failure("for-each: data/*.json, to: a.md").code())
        .isEqualTo(Codes.TEMPLATE_UNDEFINED);
  }

  @Test
  void noItemIsNoError() throws Exception {
    run("for-each: data/*.json, to: a.md");
    run("for-each: [], to: a.md");
    assertThat(context.steps).extracting(s -> s.status()).containsOnly(StepStatus.SKIPPED);
  }

  @Test
  void brokenDataIsSaidWithItsPlace() {
    data("a.json", "{\"name\": ");
    assertThat(failure("for-each: data/*.json, to: a.md").getMessage())
        .startsWith("CONFIG_PARSE data/a.json:1:");
    data("a.json", "[".repeat(10_000));
    assertThat(failure("for-each: data/*.json, to: a.md").code()).isEqualTo(Codes.PAYLOAD_TOO_DEEP);
    assertThat(failure("for-each: ['x'], to: a.md, priority: '{{ item }}'").getMessage())
        .contains("CONFIG_TYPE", "priority must be a number, but is x");
    assertThat(failure("for-each: '../*.json', to: a.md").code()).isEqualTo(Codes.CONFIG_RANGE);
    assertThat(failure("for-each: ['x'], to: '{{ inputs.none.x }}', data: { x: '[' }")).isNull();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linksAreNotFollowed() throws Exception {
    var outside = Files.createDirectories(directory.resolve("outside"));
    Files.writeString(outside.resolve("s.json"), "{\"name\": \"secret\"}");
    data("a.json", "{\"name\": \"a\"}");
    Files.createSymbolicLink(repository.root().resolve("data/link"), outside);
    run("for-each: 'data/**/*.json', to: '{{ item.name }}.md'");
    assertThat(artifacts()).containsExactly("a.md");
    Files.createSymbolicLink(repository.root().resolve("data/s.json"), outside.resolve("s.json"));
    assertThat(failure("for-each: 'data/*.json', to: '{{ item.name }}.md'").getMessage())
        .startsWith("CONFIG_NOT_REGULAR data/s.json: ");
  }

  @Test
  void withoutToTheTemplatesOwnPlanIsFollowed() throws Exception {
    repository.write(".gitvan/templates/page.md", "to: {{ inputs.x }}/{{ name }}.md\n");
    run("data: { name: n }");
    assertThat(artifacts()).containsExactly("!/n.md");
    run("data: { name: n }");
    repository.write(".gitvan/templates/page.md", "to: nowhere.md\n");
    run("data: {}");
    assertThat(context.steps)
        .extracting(step -> step.status() + " " + step.message())
        .containsExactly(
            "ok created !/n.md", "unchanged !/n.md is up to date", "skipped when: false");
  }

  @Test
  void aDryRunShowsTheTemplatesOwnPlan() throws Exception {
    repository.write(".gitvan/templates/page.md", "to: out.md\n");
    context.dryRun = true;
    run("data: {}");
    assertThat(context.planned)
        .extracting(effect -> effect.kind() + " " + effect.subject() + " " + effect.detail())
        .containsExactly("write out.md +to: out.md\n");
    assertThat(context.steps.get(0).message()).isEqualTo("would have created out.md");
    assertThat(repository.root().resolve("out.md")).doesNotExist();
  }

  @Test
  void withoutToAndWithoutAPlanNothingIsWritten() {
    assertThat(failure("data: {}").getMessage())
        .isEqualTo(
            "CONFIG_REQUIRED .gitvan/jobs/x.yaml:2:5: the step has no to, and page.md has no front matter that names the output. Add to: PATH to one of them.");
  }

  @Test
  void aDryRunPlansInOrderAndWritesNothing() throws IOException, Exception {
    data("a.json", "{\"name\": \"a\", \"w\": 1}");
    data("b.json", "{\"name\": \"b\", \"w\": 2}");
    context.dryRun = true;
    run("for-each: data/*.json, to: 'site/{{ item.name }}.md', priority: '{{ item.w }}'");
    assertThat(context.planned)
        .extracting(effect -> effect.kind() + " " + effect.subject() + " " + effect.detail())
        .containsExactly("write site/b.md +# null b!\n", "write site/a.md +# null a!\n");
    assertThat(context.drafts)
        .extracting(file -> file.path())
        .containsExactly("site/b.md", "site/a.md");
    assertThat(context.artifacts).isEmpty();
    assertThat(repository.root().resolve("site")).doesNotExist();
  }
}
