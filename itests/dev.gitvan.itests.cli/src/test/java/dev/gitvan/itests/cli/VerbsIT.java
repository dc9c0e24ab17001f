package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.testkit.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every verb in one repository that two runs have been made in: what it prints, and its JSON. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerbsIT {
  private Repository repository;
  private String runId;

  @BeforeAll
  void makeTwoRuns(@TempDir Path directory) {
    repository = Repository.withOneCommit(directory);
    repository.template("hello.md.peb", "Hello {{ inputs.who }}, from {{ git.branch }}\n");
    repository.job(
        "docs/hello",
        """
        description: Greet
        inputs: { who: world }
        steps:
          - { template: hello.md.peb, to: hello.md }
          - commit: { message: "docs: greet", paths: [hello.md] }
        """);
    repository.job("failing", "steps:\n  - run: [\"false\"]\n");
    repository.write("gitvan.yaml", "queue: { concurrency: 3 }\n");
    repository.write("gitvan-local.yaml", "queue: { rate: { limit: 77 } }\n");
    repository.run("run", "docs:hello").ok();
    runId = (String) repository.receipt("HEAD").get("id");
    repository.run("-q", "run", "failing").refused("STEP_FAILED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "init",
        "run",
        "job",
        "job list",
        "job show",
        "job validate",
        "template",
        "template render",
        "template list",
        "template check",
        "receipt",
        "receipt list",
        "receipt show",
        "receipt verify",
        "receipt sync",
        "config",
        "config show",
        "config validate",
        "config schema",
        "config path",
        "perf",
        "perf stats",
        "perf export",
        "cache",
        "cache show",
        "cache clear",
        "cache verify",
        "lock",
        "lock list",
        "lock release",
        "error",
        "error list",
        "error show",
        "queue",
        "queue list",
        "queue show",
        "queue cancel",
        "diag",
        "version",
        "shell",
        "completion"
      })
  void hasHelp(String verb) {
    var arguments = Stream.concat(Stream.of(verb.split(" ")), Stream.of("--help"));
    var help = repository.run(arguments.filter(a -> !a.isEmpty()).toArray(String[]::new)).ok();
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).contains("gitvan " + verb).contains("Usage");
  }

  @ParameterizedTest
  @CsvSource({
    "job list, gitvan.jobs.v1",
    "job show docs:hello, gitvan.job.v1",
    "job validate docs:hello, gitvan.problems.v1",
    "template list, gitvan.templates.v1",
    "template check, gitvan.problems.v1",
    "queue list, gitvan.queue.v1",
    "receipt list, gitvan.receipts.v1",
    "receipt verify, gitvan.receipt-check.v1",
    "config show, gitvan.config.v1",
    "config validate, gitvan.problems.v1",
    "config path, gitvan.paths.v1",
    "perf stats, gitvan.stats.v1",
    "cache show, gitvan.cache.v1",
    "cache verify, gitvan.cache.verified.v1",
    "cache clear, gitvan.cache.cleared.v1",
    "error list, gitvan.error-codes.v1",
    "error show USAGE, gitvan.error-code.v1",
    "diag, gitvan.diag.v1",
    "version, gitvan.version.v1",
  })
  void hasJson(String verb, String schema) {
    var arguments = Stream.concat(Stream.of("--json"), Stream.of(verb.split(" ")));
    var outcome = repository.run(arguments.toArray(String[]::new));
    outcome.json(schema);
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void runHasJson() {
    var result = repository.run("--json", "run", "docs:hello").json("gitvan.run.v1");
    assertThat(result.toString()).contains("docs:hello", "ok");
  }

  @Test
  void jobsAreListedWithWhereTheyComeFrom() {
    assertThat(repository.run("job", "list").ok().out())
        .contains("docs:hello", "Greet", ".gitvan/jobs/docs/hello.yaml", "failing")
        .doesNotContain("\u001b");
    assertThat(repository.run("job", "show", "docs:hello").ok().out())
        .contains("docs:hello", "who", "world", "hello.md.peb");
  }

  @Test
  void receiptsAreListedShownAndVerified() {
    var list = repository.run("receipt", "list").ok().out().lines().toList();
    assertThat(list)
        .anyMatch(line -> line.contains(runId))
        .anyMatch(line -> line.contains("failing"));
    assertThat(repository.run("receipt", "list", "--job", "failing").ok().out())
        .contains("failing")
        .doesNotContain(runId);
    assertThat(repository.run("receipt", "list", "--limit", "1").ok().out()).doesNotContain(runId);

    var shown = repository.run("--json", "receipt", "show", runId.substring(0, 16)).ok();
    assertThat(Json.object(shown.out())).containsEntry("id", runId);
    assertThat(repository.run("receipt", "show", runId).ok().out()).contains(runId, "hello.md");
    repository.run("receipt", "verify").ok();
  }

  /** An artifact that was changed since is reported; so is a note that is not a receipt. */
  @Test
  void verifyFindsWhatWasForged(@TempDir Path other) {
    var forged = Repository.withOneCommit(other);
    forged.template("t.peb", "text\n");
    forged.job(
        "j",
        "steps:\n  - { template: t.peb, to: out.md }\n  - commit: { message: m, paths: [out.md] }\n");
    forged.run("run", "j").ok();
    var note = forged.git("notes", "--ref", "gitvan/results", "show");
    forged.git(
        "notes",
        "--ref",
        "gitvan/results",
        "add",
        "-f",
        "-m",
        note.replaceFirst("\"sha256\":\"..", "\"sha256\":\"00"));
    var outcome = forged.run("receipt", "verify");
    assertThat(outcome.status()).as(outcome.toString()).isEqualTo(1);
    assertThat(outcome.out() + outcome.err()).contains("out.md");
    // A foreign line is skipped, not an error.
    forged.git("notes", "--ref", "gitvan/results", "add", "-f", "-m", "a remark\n\n" + note);
    assertThat(forged.run("receipt", "list").ok().out()).contains("j");
  }

  @Test
  void measurementsOfTheRunsAreShown() {
    var stats = repository.run("--json", "perf", "stats").json("gitvan.stats.v1").toString();
    assertThat(stats)
        .contains("job.run", "template.compile", "template.render", "git.commit_with_receipt")
        .contains("config.load", "cli.request");
    var one = repository.run("perf", "stats", "job.run").ok().out();
    assertThat(one).contains("job.run").doesNotContain("config.load");
  }

  @Test
  void configurationIsShownWithItsOrigins() {
    var shown = repository.run("config", "show").ok().out();
    assertThat(shown)
        .contains("queue.concurrency", "gitvan.yaml:1:", "gitvan-local.yaml:1:", "77", "default");
    assertThat(repository.run("config", "path").ok().out())
        .contains("gitvan.yaml", "gitvan-local.yaml");
    repository.run("config", "validate").ok();
    assertThat(Json.object(repository.run("config", "schema").ok().out()))
        .containsEntry("$schema", "https://json-schema.org/draft/2020-12/schema");
  }

  @Test
  void templatesAreRenderedByThemselves() {
    var gitvan = repository.gitvan();
    assertThat(repository.run("template", "list").ok().out()).contains("hello.md.peb");
    repository.write("data.yaml", "inputs: { who: file }\n");
    assertThat(
            repository.run("template", "render", "hello.md.peb", "--data", "data.yaml").ok().out())
        .isEqualTo("Hello file, from main\n");
    var piped = gitvan.withInput("{\"inputs\":{\"who\":\"pipe\"}}");
    assertThat(piped.run("template", "render", "hello.md.peb", "--data", "-").ok().out())
        .isEqualTo("Hello pipe, from main\n");
    repository.template("plain.peb", "{{ who }}\n");
    repository.run("template", "render", "plain.peb", "-d", "who=flag", "--out", "plain.md").ok();
    assertThat(repository.sandbox().read("plain.md")).isEqualTo("flag\n");
    repository
        .run("template", "render", "plain.peb", "-d", "who=x", "--out", ".git/config")
        .refused("OUTPUT_FORBIDDEN_PATH");
    repository.run("template", "check").ok();
  }

  @Test
  void nothingIsWrongWithTheSystem() {
    var diagnosis = repository.run("diag").ok();
    assertThat(diagnosis.out()).startsWith("all well");
    var version = repository.run("version").ok().out();
    assertThat(version).contains("0.1.0");
  }

  @ParameterizedTest
  @CsvSource({"bash, -n", "zsh, -n", "fish, --no-execute"})
  void completionScriptIsOne(String shell, String check) throws Exception {
    var script = repository.run("completion", shell).ok();
    assertThat(script.out()).contains("gitvan", "receipt", "completion");
    Machine.needsProgram(shell);
    var file =
        Files.writeString(repository.sandbox().home().resolve("gitvan." + shell), script.out());
    var checked = repository.sandbox().exec(List.of(shell, check, file.toString()), Map.of());
    assertThat(checked.status()).as(checked.err()).isZero();
  }

  /** The script completes verbs in a real bash. */
  @Test
  void bashCompletes() throws Exception {
    var script = repository.run("completion", "bash").ok().out();
    var file = Files.writeString(repository.sandbox().home().resolve("complete.bash"), script);
    var driver =
        """
        source "$0"
        complete -p gitvan >/dev/null || exit 1
        COMP_WORDS=(gitvan rece); COMP_CWORD=1; COMP_LINE="gitvan rece"; COMP_POINT=11
        function_name=$(complete -p gitvan | sed -n 's/.*-F \\([^ ]*\\).*/\\1/p')
        "$function_name" gitvan rece gitvan
        printf '%s\\n' "${COMPREPLY[@]}"
        """;
    var result =
        repository
            .sandbox()
            .exec(List.of("bash", "--norc", "-c", driver, file.toString()), Map.of());
    assertThat(result.out()).as(result.err()).contains("receipt");
  }

  /** Descriptions of a repository once cleared the screen when its jobs were listed. */
  @Test
  void sequencesOfARepositoryAreEscaped() {
    repository.job("evil", "description: \"x\\e[2J\\u202ey\"\nsteps: [{run: [\"true\"]}]\n");
    var insisting = repository.gitvan().with("CLICOLOR_FORCE", "1");
    for (var command : List.of(List.of("show", "evil"), List.of("list"))) {
      var words = new ArrayList<>(List.of("job"));
      words.addAll(command);
      var out = insisting.run(words.toArray(String[]::new)).ok().out();
      assertThat(out).contains("x\\u001b[2J\\u202ey").contains("\u001b[1m");
    }
  }

  /** Escape sequences are for terminals, or for who insists. */
  @Test
  void colourIsForTerminals() {
    assertThat(repository.run("job", "list").ok().out()).doesNotContain("\u001b");
    var insisting = repository.gitvan().with("CLICOLOR_FORCE", "1");
    assertThat(insisting.run("job", "list").ok().out()).contains("\u001b[");
    assertThat(insisting.with("NO_COLOR", "1").run("job", "list").ok().out())
        .doesNotContain("\u001b");
    assertThat(insisting.run("--no-color", "job", "list").ok().out()).doesNotContain("\u001b");
    assertThat(insisting.run("--json", "job", "list").ok().out()).doesNotContain("\u001b");
  }
}
