package dev.gitvan.jobs.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.event.Condition;
import dev.gitvan.event.JobTrigger;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobInput;
import dev.gitvan.job.Priority;
import dev.gitvan.job.StepSchema;
import dev.gitvan.job.StepStatus;
import dev.gitvan.job.spi.JobSource.Found;
import dev.gitvan.job.spi.StagingNeed;
import dev.gitvan.job.spi.StepResult;
import dev.gitvan.job.spi.StepType;
import dev.gitvan.schema.Schema;
import dev.gitvan.testkit.FakeJobContext;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileJobSourceTest {
  private static final String RUN = "steps: [ { run: [echo, hi] } ]\n";

  private final Fixture fixture = new Fixture();

  @TempDir Path directory;
  private GitSandbox repository;

  @BeforeEach
  void repository() {
    repository = GitSandbox.init(directory);
  }

  private Found find(String name) {
    return fixture.find(repository.worktree(), name).orElseThrow();
  }

  private JobDefinition sound(String name) {
    return ((Found.Valid) find(name)).definition();
  }

  private List<Problem> problems(String name) {
    return ((Found.Invalid) find(name)).problems();
  }

  private List<String> names() {
    return fixture.jobs(repository.worktree()).stream().map(Found::name).toList();
  }

  @Test
  void aRepositoryWithoutFilesHasNoJobs() {
    assertThat(names()).isEmpty();
    assertThat(fixture.find(repository.worktree(), "x")).isEmpty();
    assertThat(fixture.find(repository.worktree(), "../x")).isEmpty();
  }

  @Test
  void jobsAreFilesAndEntries() {
    repository.write("gitvan.yaml", "jobs:\n  inline:\n    " + RUN);
    repository.write(".gitvan/jobs/one.yaml", RUN);
    repository.write(".gitvan/jobs/docs/change-log.json", "{\"steps\": [{\"run\": \"ls\"}]}");
    repository.write(".gitvan/jobs/.hidden.yaml", "nonsense");
    repository.write(".gitvan/jobs/.folder/x.yaml", "nonsense");
    repository.write(".gitvan/jobs/README.md", "read me");
    assertThat(names()).containsExactly("docs:change-log", "inline", "one");
    assertThat(sound("docs:change-log").origin().location())
        .isEqualTo(".gitvan/jobs/docs/change-log.json");
    assertThat(sound("inline").origin().location()).isEqualTo("gitvan.yaml:3");
  }

  @Test
  void everyKeyIsRead() {
    repository.write(
        ".gitvan/jobs/all.yaml",
        """
        $schema: ../../docs/gitvan.schema.json
        description: |
          Write
          it
        on:
          - push: main
          - tag: "v*"
            paths: "src/**"
          - commit: { message: "^release:", author: "@example\\\\.org$" }
          - merge: { into: main }
          - hook: post-merge
          - schedule: "0 3 * * MON-FRI"
            timezone: Europe/Berlin
        inputs: { limit: 50, names: [a] }
        timeout: 30s
        retries: { max: 2, backoff: 500ms }
        priority: high
        steps:
          - template: a.md.peb
            name: page
            when: inputs.limit
            env: { A: "{{ inputs.limit }}", B: 1 }
            timeout: 5s
            to: a.md
            data: { title: Changes }
          - template: a.md.peb
            for-each: "data/*.json"
            to: "site/{{ item.name }}.md"
            concurrency: 4
            priority: "{{ item.weight }}"
          - run: ["sh", "-c", "wc -l", 1.10]
          - run: wc {staged_files} | cat
          - commit: { message: m, paths: [a.md] }
          - tag: { name: "v{{ inputs.limit }}", message: Nightly }
          - note: { ref: refs/notes/review, message: "checked" }
          - job: { name: other, inputs: { a: 1 } }
        then: [publish]
        """);
    var job = sound("all");
    assertThat(job.description()).isEqualTo("Write it");
    assertThat(job.on())
        .containsExactly(
            new JobTrigger.OnEvent(List.of(new Condition.Push(List.of("main")))),
            new JobTrigger.OnEvent(
                List.of(new Condition.Tag(List.of("v*")), new Condition.Paths(List.of("src/**")))),
            new JobTrigger.OnEvent(List.of(new Condition.Commit("^release:", "@example\\.org$"))),
            new JobTrigger.OnEvent(List.of(new Condition.Merge(List.of("main")))),
            new JobTrigger.OnEvent(List.of(new Condition.Hook("post-merge"))),
            new JobTrigger.OnSchedule("0 3 * * MON-FRI", ZoneId.of("Europe/Berlin")));
    assertThat(job.on().get(1).toMap()).isEqualTo(Map.of("tag", "v*", "paths", "src/**"));
    assertThat(job.on().get(5).toMap())
        .isEqualTo(Map.of("schedule", "0 3 * * MON-FRI", "timezone", "Europe/Berlin"));
    assertThat(job.inputs())
        .isEqualTo(Map.of("limit", JobInput.of(50L), "names", JobInput.of(List.of("a"))));
    assertThat(job.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(job.retries().backoff()).isEqualTo(Duration.ofMillis(500));
    assertThat(job.priority()).isEqualTo(Priority.HIGH);
    assertThat(job.then()).containsExactly("publish");
    assertThat(job.version()).hasSize(12);
    assertThat(job.fingerprint()).startsWith(job.version());
    assertThat(job.steps()).hasSize(8);
    var step = job.steps().get(0);
    assertThat(step.displayName()).isEqualTo("page");
    assertThat(step.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(step.env()).isEqualTo(Map.of("A", "{{ inputs.limit }}", "B", "1"));
    assertThat(step.options()).containsOnlyKeys("to", "data");
    assertThat(step.place()).hasToString(".gitvan/jobs/all.yaml:19:5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stesp: [] | CONFIG_UNKNOWN_KEY .gitvan/jobs/x.yaml:1:1: there is no key stesp in a job. Did"
            + " you mean steps?",
        "description: x | CONFIG_REQUIRED .gitvan/jobs/x.yaml:1:1: the job has no steps",
        "steps: [] | CONFIG_REQUIRED",
        "[a] | CONFIG_TYPE .gitvan/jobs/x.yaml:1:1: a job must be a mapping, but is a list",
        "steps: [ { templat: a } ] | JOB_NO_HANDLER .gitvan/jobs/x.yaml:1:12: there is no step type"
            + " templat. Did you mean template?",
        "steps: [ { name: a } ] | CONFIG_REQUIRED .gitvan/jobs/x.yaml:1:10: no key names the type of this step",
        "steps: [ { run: a, tag: b } ] | CONFIG_TYPE .gitvan/jobs/x.yaml:1:10: a step has one type, but this one has run and tag",
        "steps: [ { run: a, too: b } ] | CONFIG_UNKNOWN_KEY",
        "steps: [ { run: a, timeout: -5s } ] | JOB_TIMEOUT_INVALID .gitvan/jobs/x.yaml:1:29: timeout"
            + " must be a duration from 1ms to 7d, but is \"-5s\"",
        "timeout: forever | JOB_TIMEOUT_INVALID .gitvan/jobs/x.yaml:1:10",
        "timeout: -5s | JOB_TIMEOUT_INVALID",
        "timeout: 0s | JOB_TIMEOUT_INVALID",
        "timeout: 30 | JOB_TIMEOUT_INVALID",
        "timeout: 999999999999d | JOB_TIMEOUT_INVALID",
        "retries: { max: 11 } | CONFIG_RANGE .gitvan/jobs/x.yaml:1:17: retries.max must be 0–10",
        "retries: { backof: 1s } | CONFIG_UNKNOWN_KEY",
        "priority: urgent | CONFIG_RANGE",
        "then: [a b] | JOB_NAME_INVALID",
        "inputs: { a b: 1 } | JOB_INPUT_INVALID",
        "inputs: { a-b: 1, a_b: 2 } | JOB_INPUT_INVALID .gitvan/jobs/x.yaml:1:19: a-b and a_b become the same environment variable",
        "on: { push: main } | CONFIG_TYPE .gitvan/jobs/x.yaml:1:5: on must be a list",
        "inputs: { a: { type: sting } } | CONFIG_RANGE .gitvan/jobs/x.yaml:1:22: inputs.a.type must be"
            + " one of any, string, number, integer, boolean, list, mapping, but is \"sting\". Did you"
            + " mean string?",
        "inputs: { a: { required: yes } } | CONFIG_TYPE .gitvan/jobs/x.yaml:1:26: inputs.a.required"
            + " must be true or false",
        "inputs: { a: { required: true, default: 1 } } | JOB_INPUT_INVALID .gitvan/jobs/x.yaml:1:32:"
            + " inputs.a is required and has a default",
        "inputs: { a: { type: integer, default: 1.5 } } | CONFIG_TYPE .gitvan/jobs/x.yaml:1:40:"
            + " inputs.a.default must be an integer, but is 1.5",
        "inputs: { a: { type: string, choices: [b, 2] } } | CONFIG_TYPE .gitvan/jobs/x.yaml:1:43:"
            + " inputs.a.choices must be a string, but is 2",
        "inputs: { a: { choices: [low, high], default: hihg } } | JOB_INPUT_INVALID"
            + " .gitvan/jobs/x.yaml:1:47: inputs.a.default must be one of the choices, but is \"hihg\"."
            + " Did you mean high?",
        "inputs: { a: { choices: [] } } | CONFIG_REQUIRED .gitvan/jobs/x.yaml:1:25: inputs.a.choices is"
            + " empty",
        "inputs: { a: { secret: true, default: abc } } | JOB_INPUT_INVALID .gitvan/jobs/x.yaml:1:30:"
            + " inputs.a is secret, but its default would be readable in the repository",
        "inputs: { a: { secret: true, choices: [abc] } } | JOB_INPUT_INVALID",
        "inputs: { a: { type: mapping, host: b } } | CONFIG_UNKNOWN_KEY .gitvan/jobs/x.yaml:1:31: there"
            + " is no key host in the declaration of inputs.a. A default that is a mapping goes below"
            + " default:.",
        "steps: [ { run: a, secrets: [] } ] | CONFIG_REQUIRED",
        "steps: [ { run: a, secrets: ['a=b'] } ] | CONFIG_RANGE .gitvan/jobs/x.yaml:1:29: not a valid"
            + " name of an environment variable: a=b",
        "on: [ { pusch: main } ] | CONFIG_UNKNOWN_KEY .gitvan/jobs/x.yaml:1:9: there is no key pusch in"
            + " a trigger. Did you mean push?",
        "on: [ { push: [main, 1] } ] | CONFIG_TYPE .gitvan/jobs/x.yaml:1:22: an entry of push must be"
            + " a string, but is 1",
        "on: [ { merge: { int: main } } ] | CONFIG_UNKNOWN_KEY .gitvan/jobs/x.yaml:1:18",
        "on: [ { schedule: 99 * * * * } ] | JOB_CRON .gitvan/jobs/x.yaml:1:19: minute must be 0–59,"
            + " but is 99",
        "on: [ { schedule: 0 0 * * *, timezone: Europe/Berlim } ] | JOB_CRON .gitvan/jobs/x.yaml:1:40:"
            + " there is no time zone Europe/Berlim. Did you mean Europe/Berlin",
        "on: [ { timezone: UTC } ] | CONFIG_REQUIRED",
        "on: [ { schedule: 0 0 * * *, push: main } ] | CONFIG_TYPE",
        "on: [ { commit: { message: (a)\\1 } } ] | JOB_REGEX_UNSUPPORTED .gitvan/jobs/x.yaml:1:28",
        "on: [ { commit: { author: (?=a) } } ] | JOB_REGEX_UNSUPPORTED",
        "on: [ { commit: {} } ] | CONFIG_REQUIRED",
        "on: [ { hook: post-merg } ] | Did you mean post-merge",
        "on: [ { push: '[a' } ] | CONFIG_RANGE .gitvan/jobs/x.yaml:1:15: push is not a pattern: a ["
            + " without its ]",
        "steps: [ { template: a, for-each: [b] } ] | CONFIG_REQUIRED .gitvan/jobs/x.yaml:1:35: for-each"
            + " without to",
        "steps: [ { template: a, to: b, concurrency: 4 } ] | CONFIG_REQUIRED",
        "steps: [ { template: a, to: b, for-each: c, concurrency: 0 } ] | CONFIG_RANGE"
            + " .gitvan/jobs/x.yaml:1:58: concurrency must be 1–64, but is 0",
        "steps: [ { template: a, to: b, for-each: c, cocurrency: 3 } ] | Did you mean concurrency?",
        "steps: [ { template: a, to: 'x{% if' } ] | TEMPLATE_SYNTAX .gitvan/jobs/x.yaml:1:29: unclosed",
        "steps: [ { run: [a, 'x{% if'] } ] | TEMPLATE_SYNTAX .gitvan/jobs/x.yaml:1:21",
        "steps: [ { run: a, when: 'x(' } ] | TEMPLATE_SYNTAX",
        "steps: [ { run: a, env: { A: '{% x' } } ] | TEMPLATE_SYNTAX",
        "steps: [ { commit: { message: a } } ] | CONFIG_REQUIRED .gitvan/jobs/x.yaml:1:20: commit has"
            + " no paths",
        "steps: [ { commit: { message: a, paths: [] } } ] | CONFIG_REQUIRED",
        "steps: [ { commit: { mesage: a, paths: [b] } } ] | Did you mean message?",
        "steps: [ { note: { ref: refs/heads/x, message: a } } ] | REF_INVALID",
        "steps: [ { note: { ref: refs/notes/gitvan/results, message: a } } ] | REF_INVALID",
        "steps: [ { job: { name: 'a b' } } ] | JOB_NAME_INVALID",
        "steps: [ { run: \"echo 'a {staged_files}'\" } ] | a placeholder for files is inside quotes",
        "steps: [ { run: a, name: n }, { run: b, name: n } ] | CONFIG_DUPLICATE_KEY",
        "steps: [ | CONFIG_PARSE .gitvan/jobs/x.yaml:1:9",
        "a: 1\u0007b | CONFIG_ENCODING",
      })
  void whatIsWrongIsSaidWithItsPlace(String text, String expected) {
    repository.write(".gitvan/jobs/x.yaml", text);
    assertThat(problems("x")).anySatisfy(p -> assertThat(p.toString()).contains(expected));
  }

  @Test
  void inputsAreDeclared() {
    repository.write(
        ".gitvan/jobs/x.yaml",
        """
        inputs:
          limit: 50
          server: { host: example.org, port: 80 }
          level: { type: string, choices: [low, high], default: low, description: How   much. }
          token: { type: string, required: true, secret: true }
          proxy: { default: { type: http } }
        """
            + RUN);
    assertThat(sound("x").inputs())
        .isEqualTo(
            Map.of(
                "limit",
                JobInput.of(50L),
                "server",
                JobInput.of(Map.of("host", "example.org", "port", 80L)),
                "level",
                JobInput.builder()
                    .type(JobInput.Type.STRING)
                    .choices(List.of("low", "high"))
                    .defaultValue("low")
                    .description("How much.")
                    .build(),
                "token",
                JobInput.builder().type(JobInput.Type.STRING).required(true).secret(true).build(),
                "proxy",
                JobInput.of(Map.of("type", "http"))));
  }

  @Test
  void secretVariablesAreHiddenBeforeTheFirstStep() throws Exception {
    repository.write(
        ".gitvan/jobs/x.yaml",
        """
        steps:
          - run: ["git", "--version"]
          - run: ["git", "--version"]
            env: { OWN: "own-{{ inputs.a }}" }
            secrets: [OWN, INHERITED, UNSET]
        """);
    var context = new FakeJobContext(repository.worktree(), "x");
    context.environment = new HashMap<>(System.getenv());
    context.environment.put("INHERITED", "value");
    ((Found.Valid) find("x")).body().run(context);
    assertThat(context.secrets).first().isEqualTo("value");
    assertThat(context.secrets).anyMatch(value -> value.startsWith("own-"));
  }

  @Test
  void stringsForTheShellAreNoTemplates() {
    repository.write(".gitvan/jobs/x.yaml", "steps: [ { run: 'echo {% {{ x' } ]");
    assertThat(sound("x").steps()).hasSize(1);
  }

  @Test
  void allProblemsAreTold() {
    repository.write(
        ".gitvan/jobs/x.yaml", "timeout: never\nsteps: [ { run: 3 } ]\npriority: x\ntypo: 1\n");
    assertThat(problems("x"))
        .extracting(Problem::code)
        .containsExactly(
            Codes.JOB_TIMEOUT_INVALID,
            Codes.CONFIG_TYPE,
            Codes.CONFIG_RANGE,
            Codes.CONFIG_UNKNOWN_KEY);
  }

  @Test
  void aBrokenJobBreaksOnlyItself() {
    repository.write("gitvan.yaml", "jobs:\n  good:\n    " + RUN + "  bad: { typo: 1 }\n");
    repository.write(".gitvan/jobs/worse.json", "{");
    repository.write(".gitvan/jobs/fine.yaml", RUN);
    assertThat(names()).containsExactly("bad", "fine", "good", "worse");
    assertThat(find("good")).isInstanceOf(Found.Valid.class);
    assertThat(find("fine")).isInstanceOf(Found.Valid.class);
    assertThat(problems("bad").get(0).place()).isEqualTo("gitvan.yaml:4:8");
    assertThat(problems("worse").get(0).place()).isEqualTo(".gitvan/jobs/worse.json:1:2");
  }

  @Test
  void oneNameTwiceIsAnErrorThatNamesBoth() {
    repository.write(".gitvan/jobs/x.yaml", RUN);
    repository.write(".gitvan/jobs/x.json", "{}");
    assertThat(problems("x").get(0).toString())
        .isEqualTo(
            "JOB_DUPLICATE .gitvan/jobs/x.json: the job x is defined in .gitvan/jobs/x.json and in"
                + " .gitvan/jobs/x.yaml. Keep one of them.");
    repository.write(".gitvan/jobs/y.yaml", RUN);
    repository.write("gitvan.yaml", "jobs:\n  y: { " + RUN.strip() + " }\n");
    assertThat(problems("y").get(0).what()).contains("gitvan.yaml:2", ".gitvan/jobs/y.yaml");
    assertThat(names()).containsExactly("x", "y");
    assertThat(fixture.jobs(repository.worktree()))
        .allMatch(found -> found instanceof Found.Invalid);
  }

  @Test
  void namesAreChecked() {
    repository.write("gitvan.yaml", "jobs: { 'a b': { " + RUN.strip() + " } }\n");
    repository.write(".gitvan/jobs/x y.yaml", RUN);
    repository.write(".gitvan/jobs/old.yml", RUN);
    assertThat(names()).containsExactly("a b", "old", "x y");
    assertThat(fixture.jobs(repository.worktree()))
        .extracting(found -> ((Found.Invalid) found).problems().get(0).code())
        .containsExactly(Codes.JOB_NAME_INVALID, Codes.CONFIG_FILE_NAME, Codes.JOB_NAME_INVALID);
    assertThat(problems("a b").get(0).code()).isEqualTo(Codes.JOB_NAME_INVALID);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void symbolicLinksAreRefused() throws IOException {
    var outside = Files.createDirectories(directory.resolve("outside"));
    Files.writeString(outside.resolve("x.yaml"), RUN);
    repository.write(".gitvan/jobs/good.yaml", RUN);
    var jobs = repository.root().resolve(".gitvan/jobs");
    Files.createSymbolicLink(jobs.resolve("file.yaml"), outside.resolve("x.yaml"));
    Files.createSymbolicLink(jobs.resolve("folder"), outside);
    assertThat(names()).containsExactly("file", "folder", "good");
    assertThat(problems("file").get(0).code()).isEqualTo(Codes.CONFIG_NOT_REGULAR);
    assertThat(problems("folder:x").get(0).code()).isEqualTo(Codes.CONFIG_NOT_REGULAR);
    Files.delete(jobs.resolve("file.yaml"));
    Files.delete(jobs.resolve("folder"));
    Files.delete(jobs.resolve("good.yaml"));
    Files.delete(jobs);
    Files.createSymbolicLink(jobs, outside);
    assertThatThrownBy(this::names)
        .hasMessageStartingWith("CONFIG_NOT_REGULAR .gitvan/jobs: is a symbolic link");
  }

  @Test
  void circlesAreFound() {
    repository.write(".gitvan/jobs/a.yaml", "steps: [ { job: { name: b } } ]");
    repository.write(".gitvan/jobs/b.yaml", RUN + "then: [c, other]");
    repository.write("gitvan.yaml", "jobs:\n  c:\n    steps: [ { job: { name: a } } ]\n");
    repository.write(".gitvan/jobs/self.yaml", RUN + "then: [self]");
    repository.write(".gitvan/jobs/free.yaml", RUN + "then: [a, bundles-job]");
    assertThat(problems("a").get(0).toString())
        .isEqualTo(
            "JOB_CYCLE .gitvan/jobs/a.yaml: the job calls itself: a → b → c → a. Break the cycle.");
    assertThat(problems("b").get(0).what()).endsWith("b → c → a → b");
    assertThat(problems("self").get(0).what()).endsWith("self → self");
    assertThat(find("free")).isInstanceOf(Found.Valid.class);
    assertThat(
            fixture.jobs(repository.worktree()).stream()
                .filter(Found.Invalid.class::isInstance)
                .map(Found::name))
        .containsExactly("a", "b", "c", "self");
  }

  @Test
  void everyChangeIsSeen() throws IOException {
    var file = repository.write(".gitvan/jobs/x.yaml", "description: one\n" + RUN);
    var first = sound("x");
    assertThat(first.description()).isEqualTo("one");
    repository.write(".gitvan/jobs/x.yaml", "description: two\n" + RUN);
    assertThat(sound("x").description()).isEqualTo("two");
    assertThat(sound("x").fingerprint()).isNotEqualTo(first.fingerprint());
    repository.write("gitvan.yaml", "jobs:\n  y: { description: one, " + RUN.strip() + " }\n");
    assertThat(sound("y").description()).isEqualTo("one");
    repository.write("gitvan.yaml", "jobs:\n  y: { description: two, " + RUN.strip() + " }\n");
    assertThat(sound("y").description()).isEqualTo("two");
    Files.delete(file);
    assertThat(names()).containsExactly("y");
  }

  @Test
  void theFingerprintIsThatOfTheContent() {
    repository.write(".gitvan/jobs/x.yaml", "description: one\n" + RUN);
    var first = sound("x").fingerprint();
    repository.write(".gitvan/jobs/x.yaml", "# a comment\ndescription:   one\n" + RUN);
    assertThat(sound("x").fingerprint()).isEqualTo(first);
  }

  @Test
  void stepTypesComeAndGo() {
    repository.write(".gitvan/jobs/x.yaml", "steps: [ { shout: hello } ]");
    assertThat(problems("x").get(0).code()).isEqualTo(Codes.JOB_NO_HANDLER);
    var shout = fixture.point.add("shout", "shout", new Shout());
    assertThat(find("x")).isInstanceOf(Found.Valid.class);
    fixture.point.remove(shout);
    assertThat(problems("x").get(0).code()).isEqualTo(Codes.JOB_NO_HANDLER);
    fixture.point.add("run", "run", new Shout());
    fixture.point.add("mute", "mute", () -> null);
    assertThat(fixture.types.rejections())
        .extracting(r -> r.contribution() + " " + r.code())
        .containsExactlyInAnyOrder("run SHADOWED", "mute SCHEMA_INVALID");
  }

  @Test
  void stepsOfPluginsAreCheckedAgainstTheirSchema() {
    fixture.point.add("shout", "shout", new Shout());
    repository.write(
        ".gitvan/jobs/x.yaml",
        """
        steps:
          - { shout: a, tims: 2 }
          - { shout: [a], times: 4 }
          - { shout: b, times: 2 }
        """);

    assertThat(problems("x"))
        .extracting(Problem::toString)
        .containsExactly(
            "CONFIG_UNKNOWN_KEY .gitvan/jobs/x.yaml:2:17: there is no key tims in a step of type"
                + " shout. Did you mean times?",
            "CONFIG_TYPE .gitvan/jobs/x.yaml:3:14: shout must be a string, but is a list. Write a"
                + " string.",
            "CONFIG_RANGE .gitvan/jobs/x.yaml:3:26: times must be 1–3, but is 4. Choose a number in"
                + " that range.");
  }

  private static class Shout implements StepType {
    @Override
    public StepSchema schema() {
      return StepSchema.of(Schema.text("What is shouted."))
          .with("times", Schema.whole(1, 3, "How often."));
    }

    @Override
    public StepResult run(dev.gitvan.job.spi.StepContext context, dev.gitvan.job.StepSpec step) {
      throw new IllegalStateException("hoarse");
    }
  }

  @Test
  void stepsRunInOrderAndSeeEarlierOutputs() throws Exception {
    repository.write(
        ".gitvan/jobs/x.yaml",
        """
        inputs: { skip: false, go: true }
        steps:
          - { name: first, run: "echo one" }
          - { run: [never], when: inputs.skip }
          - { run: ["echo", "{{ steps.first.stdout }} and {{ inputs.word }}"], when: inputs.go }
          - { job: { name: other, inputs: { a: "{{ steps.first.stdout }}", b: 2 } } }
        """);
    var context = new FakeJobContext(repository.worktree(), "x");
    context.inputs = Map.of("skip", false, "go", true, "word", "two");
    ((Found.Valid) find("x")).body().run(context);
    assertThat(context.printed).containsExactly("OUT one", "OUT one and two");
    assertThat(context.steps)
        .extracting(step -> step.name() + " " + step.status())
        .containsExactly("first ok", "run skipped", "run ok", "job ok");
    assertThat(context.called).containsExactly("other", Map.of("a", "one", "b", 2L));
  }

  @Test
  void aStepTypeThatCannotCheckBreaksOnlyItsJob() {
    fixture.point.add(
        "shout",
        "shout",
        new Shout() {
          @Override
          public List<Problem> validate(dev.gitvan.job.StepSpec step) {
            throw new IllegalStateException("hoarse");
          }
        });
    repository.write(".gitvan/jobs/x.yaml", "steps: [ { shout: a } ]");
    repository.write(".gitvan/jobs/y.yaml", RUN);
    assertThat(problems("x").get(0).toString()).contains("INTERNAL", "shout", "hoarse");
    assertThat(names()).containsExactly("x", "y");
    assertThat(find("y")).isInstanceOf(Found.Valid.class);
  }

  @Test
  void aFailedStepEndsTheJob() throws Exception {
    fixture.point.add("shout", "shout", new Shout());
    repository.write(".gitvan/jobs/x.yaml", "steps: [ { shout: a }, { run: [echo, no] } ]");
    var context = new FakeJobContext(repository.worktree(), "x");
    var body = ((Found.Valid) find("x")).body();
    assertThatThrownBy(() -> body.run(context))
        .hasMessage(
            "STEP_FAILED .gitvan/jobs/x.yaml:1:10: the step shout failed: hoarse. Run it with -v to"
                + " see where.")
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(context.printed).isEmpty();
    assertThat(context.steps).extracting(s -> s.status()).containsExactly(StepStatus.FAILED);
  }

  @Test
  void templateErrorsNameThePlaceOfTheText() {
    repository.write(".gitvan/jobs/x.yaml", "steps:\n  - run: [echo, '{{ fail }}']\n");
    var body = ((Found.Valid) find("x")).body();
    assertThatThrownBy(() -> body.run(new FakeJobContext(repository.worktree(), "x")))
        .hasMessageContaining("TEMPLATE_UNDEFINED .gitvan/jobs/x.yaml:2:17");
  }

  /** What depends on a condition or a template is not known before the run. */
  @Test
  void needsAreThoseOfTheStepsThatCertainlyRun() {
    repository.write(
        ".gitvan/jobs/x.yaml",
        """
        steps:
          - run: [echo, hi]
          - commit: { message: m, paths: [a.md, "{{ inputs.x }}", "docs/*.md"] }
          - commit: { message: m, paths: b.md }
            when: inputs.x
          - tag: { name: v1, message: m }
          - tag: { name: "v{{ inputs.x }}", message: m }
          - note: { ref: refs/notes/review, message: m }
          - job: { name: other }
        """);
    var configuration = fixture.configurations.load(repository.worktree());
    assertThat(((Found.Valid) find("x")).body().needs(configuration))
        .containsExactly(
            new StagingNeed.Commit(List.of("a.md", "docs/*.md")),
            new StagingNeed.Tag("v1"),
            new StagingNeed.Tag(null),
            new StagingNeed.Note("refs/notes/review"),
            new StagingNeed.Call("other"));
  }

  @Test
  void aBareRepositoryHasNoFileJobs() {
    var bare = GitSandbox.init(directory.resolve("home"), "--bare");
    assertThat(fixture.jobs(bare.worktree())).isEmpty();
    assertThat(fixture.find(bare.worktree(), "x")).isEmpty();
  }
}
