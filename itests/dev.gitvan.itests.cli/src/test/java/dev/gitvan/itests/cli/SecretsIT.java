package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The value of a secret input is in nothing that GitVan prints, stores or sends. */
class SecretsIT {
  private static final String SECRET = "correct-horse-battery";
  private static final String INPUTS = "{\"token\": \"" + SECRET + "\"}";
  private static final String JOB =
      """
      inputs:
        token: { type: string, required: true, secret: true }
        fail: { type: boolean, default: false }
      steps:
        - run: ["echo", "the token is {{ inputs.token }}"]
          name: show
        - run: ["sh", "-c", "echo failing with {{ inputs.token }}; exit 3"]
          when: inputs.fail
      """;

  @TempDir Path directory;

  @Test
  void isNowhere() throws IOException {
    var repository = Repository.withOneCommit(directory);
    repository.job("deploy", JOB);
    var git = repository.sandbox();
    var remote = directory.resolve("remote.git").toString();
    git.git("init", "-q", "--bare", remote);
    git.git("remote", "add", "origin", remote);
    git.git("push", "-q", "-u", "origin", "HEAD:main");
    var gitvan = repository.gitvan().withInput(INPUTS);

    var good = gitvan.run("run", "deploy", "--inputs", "-", "--key", "once").ok();
    assertHidden(good);
    assertThat(good.out()).contains("the token is ***");
    assertHidden(gitvan.run("--json", "run", "deploy", "--inputs", "-").ok());
    assertHidden(gitvan.run("run", "deploy", "--inputs", "-", "--dry-run").ok());
    var failed = gitvan.run("run", "deploy", "--inputs", "-", "-i", "fail=true", "-v");
    assertThat(failed.status()).isEqualTo(1);
    assertHidden(failed);
    assertThat(failed.out() + failed.err()).contains("failing with ***");

    assertThat(repository.git("notes", "--ref", "gitvan/results", "show"))
        .contains("\"token\":\"***\"")
        .doesNotContain(SECRET);
    repository.run("receipt", "sync", "--push").ok();
    for (var gitDir : new String[] {repository.file(".git").toString(), remote}) {
      assertThat(git.run("--git-dir", gitDir, "grep", SECRET, "refs/notes/gitvan/results").status())
          .isEqualTo(1);
    }
    assertNotBelow(repository.file(".git"));
    assertNotBelow(repository.gitvan().home());
  }

  @Test
  void valuesAreCheckedBeforeTheRun() {
    var repository = Repository.withOneCommit(directory);
    repository.job("deploy", JOB);
    assertThat(repository.run("run", "deploy").refused("JOB_INPUT_INVALID").message())
        .contains("input token is required");
    var shown = repository.run("--json", "job", "show", "deploy").json("gitvan.job.v1");
    assertThat((Map<?, ?>) shown.get("inputs")).hasSize(2);
    assertThat(repository.hasReceipts("HEAD")).isFalse();
  }

  private static void assertHidden(Outcome outcome) {
    assertThat(outcome.out() + outcome.err()).doesNotContain(SECRET);
  }

  private static void assertNotBelow(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                      .doesNotContain(SECRET));
    }
  }
}
