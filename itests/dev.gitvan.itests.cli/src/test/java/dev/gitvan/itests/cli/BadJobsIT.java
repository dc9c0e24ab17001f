package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Job definitions that are wrong, and jobs that must not be run. */
class BadJobsIT {
  private static final String STEPS = "steps:\n  - { template: t.peb, to: out.md }\n";
  private static final String J = "\\.gitvan/jobs/j\\.yaml";

  @TempDir Path directory;

  static Stream<Refusal> definitions() {
    return Stream.of(
        Refusal.of("unknown job")
            .when("run", "soudn")
            .gives("JOB_NOT_FOUND")
            .saying("Did you mean sound?"),
        Refusal.of("unknown job, nothing near")
            .when("run", "completely-different")
            .gives("JOB_NOT_FOUND"),
        Refusal.of("jobs that call each other")
            .file(".gitvan/jobs/a.yaml", "steps:\n  - job: { name: b }\n")
            .file(".gitvan/jobs/b.yaml", "steps:\n  - job: { name: a }\n")
            .when("run", "a")
            .gives("JOB_CYCLE")
            .saying("a → b → a"),
        Refusal.of("the same job in the configuration and in a file")
            .file("gitvan.yaml", "jobs:\n  j:\n    steps: []\n")
            .job(STEPS)
            .gives("JOB_DUPLICATE")
            .saying("gitvan.yaml", ".gitvan/jobs/j.yaml"),
        Refusal.of("the same job in YAML and in JSON")
            .file(".gitvan/jobs/j.json", "{\"steps\":[]}\n")
            .job(STEPS)
            .gives("JOB_DUPLICATE")
            .saying("j.json", "j.yaml"),
        Refusal.of("minute 99")
            .job("on:\n  - schedule: \"99 * * * *\"\n" + STEPS)
            .gives("JOB_CRON")
            .at(J + ":2:\\d+")
            .saying("minute", "0", "59"),
        Refusal.of("four fields")
            .job("on:\n  - schedule: \"* * * *\"\n" + STEPS)
            .gives("JOB_CRON")
            .at(J + ":2:\\d+"),
        Refusal.of("negative timeout")
            .job("timeout: -5s\n" + STEPS)
            .gives("JOB_TIMEOUT_INVALID")
            .at(J + ":1:10"),
        Refusal.of("timeout that is a word")
            .job("timeout: forever\n" + STEPS)
            .gives("JOB_TIMEOUT_INVALID")
            .at(J + ":1:10"),
        Refusal.of("timeout of a step")
            .job("steps:\n  - run: [\"true\"]\n    timeout: 0s\n")
            .gives("JOB_TIMEOUT_INVALID")
            .at(J + ":3:14"),
        Refusal.of("back-reference")
            .job("on:\n  - commit: { message: \"(a)\\\\1\" }\n" + STEPS)
            .gives("JOB_REGEX_UNSUPPORTED")
            .at(J + ":2:\\d+"),
        Refusal.of("step of no known type")
            .job("steps:\n  - teleport: x\n")
            .gives("JOB_NO_HANDLER")
            .at(J + ":2:\\d+")
            .saying("teleport"),
        Refusal.of("mistyped step type")
            .job("steps:\n  - comit: { message: x, paths: [a] }\n")
            .gives("JOB_NO_HANDLER")
            .at(J + ":2:\\d+")
            .saying("commit"),
        Refusal.of("commit without paths")
            .job("steps:\n  - commit: { message: x }\n")
            .gives("CONFIG_REQUIRED")
            .at(J + ":2:\\d+")
            .saying("paths"),
        Refusal.of("job without steps")
            .job("description: nothing\n")
            .gives("CONFIG_REQUIRED")
            .at(J + ".*")
            .saying("steps"),
        Refusal.of("then of a job that does not exist")
            .job(STEPS + "then: [soudn]\n")
            .when("job", "validate", "j")
            .gives("JOB_NOT_FOUND")
            .saying("sound"),
        Refusal.of("condition that is no expression")
            .job("steps:\n  - run: [\"true\"]\n    when: \"inputs.(\"\n")
            .gives("TEMPLATE_SYNTAX")
            .at(J + ":3:\\d+"),
        Refusal.of("message that is no template")
            .job("steps:\n  - commit: { message: \"{{ x\", paths: [README.md] }\n")
            .gives("TEMPLATE_SYNTAX")
            .at(J + ":2:\\d+"),
        Refusal.of("file name that is no job name")
            .file(".gitvan/jobs/-x.yaml", STEPS)
            .when("job", "validate")
            .gives("JOB_NAME_INVALID")
            .at("\\.gitvan/jobs/-x\\.yaml.*"),
        Refusal.of("priority that does not exist")
            .job("priority: urgent\n" + STEPS)
            .gives("CONFIG_RANGE")
            .at(J + ":1:11")
            .saying("high", "normal", "low"),
        Refusal.of("retries without end")
            .job("retries: { max: 1000000 }\n" + STEPS)
            .gives("CONFIG_RANGE")
            .at(J + ":1:17"));
  }

  static Stream<Refusal> inputs() {
    return Stream.of(
        Refusal.of("input that the job does not have")
            .job("inputs: { limit: 1 }\n" + STEPS)
            .when("run", "j", "-i", "limt=2")
            .gives("JOB_INPUT_INVALID")
            .saying("limit"),
        Refusal.of("input without a value")
            .job("inputs: { limit: 1 }\n" + STEPS)
            .when("run", "j", "-i", "limit")
            .gives("USAGE"),
        Refusal.of("inputs that are truncated")
            .job("inputs: { limit: 1 }\n" + STEPS)
            .file("in.json", "{\"limit\":")
            .when("run", "j", "--inputs", "in.json")
            .gives("CONFIG_PARSE")
            .at("in\\.json:1:\\d+"),
        Refusal.of("inputs that are no mapping")
            .job("inputs: { limit: 1 }\n" + STEPS)
            .file("in.json", "[1]")
            .when("run", "j", "--inputs", "in.json")
            .gives("CONFIG_TYPE")
            .at("in\\.json.*"),
        Refusal.of("inputs of 20 MB")
            .job("inputs: { text: x }\n" + STEPS)
            .file("in.json", "{\"text\":\"" + "x".repeat(20_000_000) + "\"}")
            .when("run", "j", "--inputs", "in.json")
            .gives("PAYLOAD_TOO_LARGE"),
        Refusal.of("inputs 10,000 deep")
            .job("inputs: { text: x }\n" + STEPS)
            .file("in.json", "{\"text\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}")
            .when("run", "j", "--inputs", "in.json")
            .gives("PAYLOAD_TOO_DEEP"),
        Refusal.of("inputs file that is not there")
            .job("inputs: { text: x }\n" + STEPS)
            .when("run", "j", "--inputs", "nowhere.json")
            .gives("USAGE")
            .saying("nowhere.json"),
        Refusal.of("timeout that is no duration")
            .when("run", "sound", "--timeout", "forever")
            .gives("JOB_TIMEOUT_INVALID")
            .saying("forever"),
        Refusal.of("negative timeout on the command line")
            .when("run", "sound", "--timeout", "-5s")
            .gives("JOB_TIMEOUT_INVALID"),
        Refusal.of("priority that does not exist")
            .when("run", "sound", "--priority", "urgent")
            .gives("USAGE")
            .saying("high"));
  }

  static Stream<Refusal> gitNames() {
    return Stream.of(
        tag("../../config").gives("REF_INVALID").saying("../../config"),
        tag("a..b").gives("REF_INVALID"),
        tag("ends.lock").gives("REF_INVALID"),
        tag("with space").gives("REF_INVALID"),
        tag("--upload-pack=touch x").gives("ARG_LOOKS_LIKE_OPTION"),
        tag("-f").gives("ARG_LOOKS_LIKE_OPTION"),
        note("refs/heads/../../config").gives("REF_INVALID"),
        note("refs/heads/main").gives("REF_INVALID").saying("refs/notes/"),
        note("refs/notes/../heads/x").gives("REF_INVALID"),
        commit("../outside").gives("OUTPUT_FORBIDDEN_PATH"),
        commit(".git/config").gives("OUTPUT_FORBIDDEN_PATH"),
        commit("/etc/passwd").gives("OUTPUT_FORBIDDEN_PATH"));
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void definitionIsRefused(Refusal refusal) {
    refusal.check(directory);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void inputIsRefused(Refusal refusal) {
    refusal.check(directory);
  }

  /** Refs and paths may be templates, so some are only known to be wrong while the job runs. */
  @ParameterizedTest
  @MethodSource("gitNames")
  void nameIsRefused(Refusal refusal) {
    refusal.whileRunning().check(directory);
  }

  /** One broken job does not hide the others, and {@code job validate} reports every error. */
  @Test
  void brokenJobLeavesTheOthersAlone() {
    var repository = Repository.withOneCommit(directory);
    repository.template("t.peb", "text\n");
    repository.job("sound", STEPS);
    repository.job("broken", "timeout: forever\ncron: 1\nsteps:\n  - teleport: x\n");
    repository.run("run", "sound").ok();

    var list = repository.run("job", "list").ok();
    assertThat(list.out()).contains("sound", "broken", "JOB_TIMEOUT_INVALID");

    var validation = repository.run("job", "validate");
    assertThat(validation.status()).isEqualTo(2);
    assertThat(validation.out() + validation.err())
        .contains(
            "JOB_TIMEOUT_INVALID .gitvan/jobs/broken.yaml:1:10",
            "CONFIG_UNKNOWN_KEY .gitvan/jobs/broken.yaml:2:1",
            "JOB_NO_HANDLER .gitvan/jobs/broken.yaml:4:5");
  }

  private static Refusal tag(String name) {
    return Refusal.of("tag " + name)
        .job("steps:\n  - tag: { name: \"" + name + "\", message: x }\n");
  }

  private static Refusal note(String ref) {
    return Refusal.of("note " + ref)
        .job("steps:\n  - note: { ref: \"" + ref + "\", message: x }\n");
  }

  private static Refusal commit(String path) {
    return Refusal.of("commit of " + path)
        .job("steps:\n  - commit: { message: x, paths: [\"" + path + "\"] }\n");
  }
}
