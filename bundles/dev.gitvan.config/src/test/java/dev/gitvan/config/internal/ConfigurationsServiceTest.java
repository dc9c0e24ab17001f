package dev.gitvan.config.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gitvan.config.Configuration;
import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Documents.Syntax;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationsServiceTest {
  private final DocumentsService documents = new DocumentsService();
  private final ConfigurationsService configurations =
      ConfigurationsService.with(documents, Metrics.NONE, TestSections.BUILT_IN);

  @TempDir Path root;
  private WorktreeId worktree;

  @BeforeEach
  void worktree() {
    var git = root.resolve(".git");
    worktree = new WorktreeId(git, new RepositoryId(git), root);
  }

  private void write(String name, String text) {
    try {
      Files.writeString(root.resolve(name), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Configuration load() {
    return configurations.load(worktree);
  }

  private List<Problem> errors() {
    return configurations.validate(worktree).errors();
  }

  private Problem problem() {
    return catchThrowableOfType(GitVanException.class, this::load).problem();
  }

  @Test
  void nothingIsNeeded() {
    var configuration = load();
    assertThat(configuration.get(TestSections.DIR)).isEqualTo(".gitvan/templates");
    assertThat(configuration.get(TestSections.STRICT)).isTrue();
    assertThat(configuration.get(TestSections.ENV)).isEmpty();
    assertThat(configuration.get(TestSections.MAX_OUTPUT)).isEqualTo(64L << 20);
    assertThat(configuration.get(TestSections.POLL)).isEqualTo(Duration.ofMillis(1500));
    assertThat(configuration.get(TestSections.CONCURRENCY)).isEqualTo(4);
    assertThat(configuration.get(TestSections.DURABILITY))
        .isEqualTo(TestSections.Durability.PROCESS);
    assertThat(configuration.settings()).allMatch(value -> value.origin().equals("default"));
    assertThat(configurations.files(worktree)).isEmpty();
    assertThat(errors()).isEmpty();
  }

  @Test
  void aBareRepositoryHasTheDefaults() {
    var git = root.resolve("bare.git");
    var bare = new WorktreeId(git, new RepositoryId(git), null);
    assertThat(configurations.load(bare).settings())
        .isEqualTo(configurations.defaults().settings());
    assertThat(configurations.files(bare)).isEmpty();
    assertThat(configurations.validate(bare).errors()).isEmpty();
  }

  @Test
  void everySettingCanBeWritten() {
    write(
        "gitvan.yaml",
        """
        templates: { dir: .gitvan/templates, strict: true, max-output: 64MiB, env: [] }
        jobs:
          changelog: { steps: [ { run: [true] } ] }
        hooks:
          pre-commit:
            parallel: true
            jobs:
              - { name: lint, run: "checkstyle {staged_files}", glob: "*.java", timeout: 20s }
              - { name: tests, job: quick-tests }
        events: { poll: 1500ms }
        queue:  { concurrency: 4, rate: { limit: 100 } }
        files:  { rate: off }
        git:    { durability: process }
        """);
    var configuration = load();
    assertThat(configuration.jobs()).containsOnlyKeys("changelog");
    assertThat(configuration.hooks()).containsOnlyKeys("pre-commit");
    assertThat(configuration.settings())
        .filteredOn(value -> !value.path().matches("daemon.*|queue.capacity"))
        .allSatisfy(value -> assertThat(value.origin()).startsWith("gitvan.yaml:"))
        .extracting(Configuration.Value::value)
        .isEqualTo(
            configurations.defaults().settings().stream()
                .filter(value -> !value.path().matches("daemon.*|queue.capacity"))
                .map(Configuration.Value::value)
                .toList());
  }

  @Test
  void theSameAsYamlAndAsJson() {
    var text = "{\"queue\": {\"concurrency\": 8}, \"git\": {\"durability\": \"power\"}}";
    write("gitvan.json", text);
    var json = load();
    assertThat(json.get(TestSections.CONCURRENCY)).isEqualTo(8);
    assertThat(json.get(TestSections.DURABILITY)).isEqualTo(TestSections.Durability.POWER);
    assertThat(json.settings())
        .contains(new Configuration.Value("queue.concurrency", 8L, "gitvan.json:1:27"));
    assertThat(documents.toJson(setting(json, "events.poll").value())).isEqualTo("\"1500ms\"");
  }

  private static Configuration.Value setting(Configuration configuration, String path) {
    return configuration.settings().stream().filter(s -> s.path().equals(path)).findAny().get();
  }

  @Test
  void localFilesAreMergedLast() {
    write("gitvan.yaml", "templates: { env: [A, B], strict: false }\njobs: { a: {}, b: {} }\n");
    write("gitvan-local.json", "{\"templates\": {\"env\": [\"C\"]}, \"jobs\": {\"c\": {}}}");
    var configuration = load();
    assertThat(configuration.get(TestSections.ENV)).containsExactly("C");
    assertThat(configuration.get(TestSections.STRICT)).isFalse();
    assertThat(configuration.jobs()).containsOnlyKeys("a", "b", "c");
    assertThat(setting(configuration, "templates.env").origin())
        .isEqualTo("gitvan-local.json:1:23");
    assertThat(configurations.files(worktree))
        .containsExactly(root.resolve("gitvan.yaml"), root.resolve("gitvan-local.json"));
  }

  @Test
  void aKeyWithoutValueSaysNothing() {
    write("gitvan.yaml", "templates:\nqueue: { concurrency: 8 }\njobs:\nhooks:\n");
    write("gitvan-local.yaml", "queue:\n");
    assertThat(load().get(TestSections.CONCURRENCY)).isEqualTo(8);
    write("gitvan-local.yaml", "queue: { concurrency: }\n");
    assertThat(load().get(TestSections.CONCURRENCY)).isEqualTo(4);
  }

  @Test
  void twoFilesOfOneNameAreRefused() {
    write("gitvan.yaml", "");
    write("gitvan.json", "{}");
    assertThat(problem().toString())
        .isEqualTo(
            "CONFIG_DUPLICATE_FILE gitvan.yaml: gitvan.json exists too, but only one configuration file is allowed. Remove one of them.");
    assertThat(errors()).hasSize(1);
  }

  @Test
  void nearNamesAreToldAndNotRead() {
    write("gitvan.yml", "nonsense");
    assertThat(load().settings()).isEqualTo(configurations.defaults().settings());
    assertThat(errors())
        .extracting(Problem::code, Problem::place)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Codes.CONFIG_FILE_NAME, "gitvan.yml"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "queue: { cocurrency: 3 } | CONFIG_UNKNOWN_KEY gitvan.yaml:1:10: there is no key cocurrency"
            + " in queue. Did you mean concurrency?",
        "tempaltes: {} | CONFIG_UNKNOWN_KEY gitvan.yaml:1:1: there is no key tempaltes. Did you mean"
            + " templates?",
        "queue: { zzzzzz: 1 } | The keys are capacity, concurrency, rate.",
        "queue.concurrency: 3 | CONFIG_UNKNOWN_KEY gitvan.yaml:1:1: there is no key",
        "queue: { rate.limit: 3 } | CONFIG_UNKNOWN_KEY",
        "queue: { concurrency: 0 } | CONFIG_RANGE gitvan.yaml:1:23: queue.concurrency must be 1–64,"
            + " but is 0. The default is 4.",
        "queue: { concurrency: 1e9 } | CONFIG_RANGE gitvan.yaml:1:23: queue.concurrency must be"
            + " 1–64, but is 1e9.",
        "queue: { concurrency: 99999999999999999999 } | CONFIG_RANGE",
        "queue: { concurrency: -1 } | CONFIG_RANGE",
        "daemon: { workers: 3 } | CONFIG_PLACE gitvan.yaml:1:11: daemon.workers is for the user to"
            + " set, not for a repository. Move it to your own gitvan.yaml.",
        "queue: { capacity: 3 } | CONFIG_PLACE gitvan.yaml:1:10: queue.capacity",
        "plugins: 3 | CONFIG_TYPE gitvan.yaml:1:10: plugins must be a mapping, but is 3",
        "queue: { concurrency: 2.5 } | CONFIG_TYPE gitvan.yaml:1:23: queue.concurrency must be a"
            + " whole number from 1–64, but is 2.5",
        "queue: { concurrency: four } | CONFIG_TYPE gitvan.yaml:1:23: queue.concurrency must be a"
            + " whole number from 1–64, but is \"four\"",
        "queue: { concurrency: \"4\" } | CONFIG_TYPE",
        "queue: 4 | CONFIG_TYPE gitvan.yaml:1:8: queue must be a mapping, but is 4. Its keys are"
            + " capacity, concurrency, rate.",
        "templates: { strict: yes } | CONFIG_TYPE gitvan.yaml:1:22: templates.strict must be true or"
            + " false, but is \"yes\"",
        "templates: { dir: ../up } | CONFIG_RANGE gitvan.yaml:1:19: templates.dir must be a folder"
            + " below the worktree",
        "templates: { dir: /etc } | CONFIG_RANGE",
        "templates: { dir: a/../.. } | CONFIG_RANGE",
        "templates: { dir: [a] } | CONFIG_TYPE gitvan.yaml:1:19: templates.dir must be a string, but is"
            + " a list",
        "templates: { env: A } | CONFIG_TYPE gitvan.yaml:1:19: templates.env must be a list, but is",
        "templates: { env: [A=B] } | CONFIG_RANGE",
        "templates: { max-output: 1PiB } | CONFIG_TYPE gitvan.yaml:1:26: templates.max-output must be"
            + " a size such as",
        "templates: { max-output: 1B } | CONFIG_RANGE gitvan.yaml:1:26: templates.max-output must be"
            + " 1KiB–4GiB, but is 1B",
        "events: { poll: -5s } | CONFIG_TYPE gitvan.yaml:1:17: events.poll must be a duration such as",
        "events: { poll: 1ms } | CONFIG_RANGE gitvan.yaml:1:17: events.poll must be 50ms–1h, but is"
            + " 1ms",
        "files: { rate: fast } | CONFIG_TYPE gitvan.yaml:1:16: files.rate must be off or a size such"
            + " as 64KiB or 256MiB, but is \"fast\". The default is off.",
        "files: { rate: 0 } | CONFIG_RANGE gitvan.yaml:1:16: files.rate must be off or"
            + " 1KiB–1024GiB, but is 0. The default is off.",
        "files: { rate: 10MiB/s } | CONFIG_TYPE",
        "files: { rate: false } | CONFIG_TYPE",
        "git: { durability: full } | CONFIG_RANGE gitvan.yaml:1:20: git.durability must be process or"
            + " power, but is \"full\"",
        "[1] | CONFIG_TYPE gitvan.yaml:1:1: the document must be a mapping, but is a list",
        "jobs: [a] | CONFIG_TYPE gitvan.yaml:1:7: jobs must be a mapping",
        "hooks: [a] | CONFIG_TYPE gitvan.yaml:1:8: hooks must be a mapping",
        "hooks: { pre-comit: { jobs: [] } } | CONFIG_UNKNOWN_KEY gitvan.yaml:1:10: there is no hook"
            + " point pre-comit. Did you mean pre-commit",
        "hooks: { pre-commit: { paralel: true, jobs: [] } } | CONFIG_UNKNOWN_KEY gitvan.yaml:1:24:"
            + " there is no key paralel in hooks.pre-commit. Did you mean parallel?",
        "hooks: { pre-commit: { jobs: [ { run: a, job: b } ] } } | CONFIG_REQUIRED gitvan.yaml:1:32:"
            + " an entry of hooks.pre-commit.jobs has both run and job",
        "hooks: { pre-commit: { jobs: [ { name: x } ] } } | CONFIG_REQUIRED",
        "hooks: { pre-commit: {} } | CONFIG_REQUIRED gitvan.yaml:1:22: hooks.pre-commit has no jobs",
        "hooks: { pre-commit: { jobs: [ { run: a, timeout: 0s } ] } } | CONFIG_RANGE",
        "hooks: { pre-commit: { jobs: [ { run: a, timeout: soon } ] } } | CONFIG_TYPE",
        "hooks: { pre-commit: { jobs: [ { run: [] } ] } } | CONFIG_TYPE",
        "hooks: { pre-commit: { jobs: [ { run: a, glob: 3 } ] } } | CONFIG_TYPE",
        "hooks: { pre-commit: { jobs: [ { run: a, env: [A] } ] } } | CONFIG_TYPE",
        "hooks: { pre-commit: { jobs: [ { name: a, run: b }, { name: a, run: c } ] } } |"
            + " CONFIG_DUPLICATE_KEY",
        "\"a\": { | CONFIG_PARSE gitvan.yaml:1:7",
      })
  void whatIsWrongIsSaidWithItsPlace(String text, String expected) {
    write("gitvan.yaml", text);
    assertThat(problem().toString()).contains(expected);
  }

  @Test
  void theFirstProblemByPlaceIsThrownAndAllAreListed() {
    write("gitvan.yaml", "hooks: { x: 1 }\nqueue: { concurrency: 0 }\ntypo: 1\n");
    write("gitvan-local.yaml", "events: { poll: never }\n");
    assertThat(problem().place()).isEqualTo("gitvan.yaml:1:10");
    assertThat(errors())
        .extracting(Problem::place)
        .containsExactly(
            "gitvan.yaml:1:10",
            "gitvan.yaml:1:13",
            "gitvan.yaml:2:23",
            "gitvan.yaml:3:1",
            "gitvan-local.yaml:1:17");
    write("gitvan-local.yaml", "events: {");
    assertThat(errors()).hasSize(5);
  }

  @Test
  void hooksAreJudgedAsMerged() {
    write("gitvan.yaml", "hooks: { pre-commit: { jobs: [ { run: a } ] } }\n");
    write("gitvan-local.yaml", "hooks: { pre-commit: { parallel: true } }\n");
    assertThat(load().hooks()).containsOnlyKeys("pre-commit");
    assertThat(errors()).isEmpty();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aSymbolicLinkIsRefused() throws IOException {
    write("real.yaml", "");
    Files.createSymbolicLink(root.resolve("gitvan.yaml"), root.resolve("real.yaml"));
    assertThat(problem().toString()).startsWith("CONFIG_NOT_REGULAR gitvan.yaml: ");
    Files.delete(root.resolve("gitvan.yaml"));
    Files.createDirectory(root.resolve("gitvan.yaml"));
    assertThat(problem().code()).isEqualTo(Codes.CONFIG_NOT_REGULAR);
  }

  @Test
  void largeFilesAreRefused() {
    write("gitvan.yaml", "#".repeat((1 << 20) + 1));
    assertThat(problem().toString())
        .isEqualTo(
            "CONFIG_TOO_LARGE gitvan.yaml: the file is larger than 1MiB. Make the file smaller.");
  }

  @Test
  void nothingChangedIsNotReadAgain() throws IOException {
    write("gitvan.yaml", "queue: { concurrency: 8 }\n");
    var first = load();
    assertThat(load()).isSameAs(first);
    age("gitvan.yaml");
    var old = load();
    assertThat(old).isSameAs(first);
    assertThat(load()).isSameAs(first);
  }

  /** Makes a file and the folder look old; their change times cannot be set, and stay young. */
  private void age(String name) throws IOException {
    var old = FileTime.from(Instant.now().minusSeconds(60));
    Files.setLastModifiedTime(root.resolve(name), old);
    Files.setLastModifiedTime(root, old);
  }

  @Test
  void everyChangeIsSeenAtOnce() throws IOException {
    assertThat(load().get(TestSections.CONCURRENCY)).isEqualTo(4);
    write("gitvan.yaml", "queue: { concurrency: 8 }\n");
    assertThat(load().get(TestSections.CONCURRENCY)).isEqualTo(8);
    age("gitvan.yaml");
    assertThat(load().get(TestSections.CONCURRENCY)).isEqualTo(8);
    // The same size and time as before: only the inode's change time differs.
    write("gitvan.yaml", "queue: { concurrency: 9 }\n");
    age("gitvan.yaml");
    assertThat(load().get(TestSections.CONCURRENCY)).isEqualTo(9);
    write("gitvan-local.yaml", "queue: { concurrency: 2 }\n");
    assertThat(load().get(TestSections.CONCURRENCY)).isEqualTo(2);
    Files.delete(root.resolve("gitvan-local.yaml"));
    Files.delete(root.resolve("gitvan.yaml"));
    assertThat(load().settings()).isEqualTo(configurations.defaults().settings());
  }

  @Test
  void theFingerprintTellsContentsApart() {
    write("gitvan.yaml", "queue: { concurrency: 8 }\n");
    var first = load().fingerprint();
    assertThat(first).hasSize(64);
    write("gitvan.yaml", "queue: { concurrency: 8 } # the same, said otherwise\n");
    assertThat(load().fingerprint()).isNotEqualTo(first);
    write("gitvan.yaml", "queue: { concurrency: 8 }\n");
    assertThat(load().fingerprint()).isEqualTo(first);
  }

  @Test
  void whatWasShownCanBeWrittenBack() {
    write("gitvan.yaml", "events: { poll: 90s }\ntemplates: { env: [HOME] }\n");
    var shown = load().settings();
    var tree = new java.util.LinkedHashMap<String, Object>();
    for (var setting : shown) {
      if (setting.path().matches("daemon.*|queue.capacity")) {
        continue; // only in the user's file
      }
      var parts = setting.path().split("\\.");
      Map<String, Object> at = tree;
      for (int i = 0; i < parts.length - 1; i++) {
        @SuppressWarnings("unchecked")
        var next =
            (Map<String, Object>)
                at.computeIfAbsent(parts[i], k -> new java.util.LinkedHashMap<String, Object>());
        at = next;
      }
      at.put(parts[parts.length - 1], setting.value());
    }
    write("gitvan.yaml", documents.toPrettyJson(tree));
    assertThat(load().settings())
        .extracting(Configuration.Value::value)
        .isEqualTo(shown.stream().map(Configuration.Value::value).toList());
  }

  @Test
  void theSchemaIsPrintedAsItIsParsed() {
    var printed = configurations.schema(Map.of());
    var schema =
        documents.parse(printed.getBytes(StandardCharsets.UTF_8), "s", Syntax.JSON).value();
    assertThat(documents.toPrettyJson(schema) + "\n").isEqualTo(printed);
  }
}
