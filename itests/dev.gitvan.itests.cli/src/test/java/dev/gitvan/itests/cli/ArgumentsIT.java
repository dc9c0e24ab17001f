package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verbs and flags: what is not known is refused, with the nearest that is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArgumentsIT {
  private Repository repository;

  record Usage(String[] arguments, String code, String... mentions) {
    static Usage of(String line, String code, String... mentions) {
      return new Usage(line.isEmpty() ? new String[0] : line.split(" "), code, mentions);
    }

    @Override
    public String toString() {
      return String.join(" ", arguments) + " → " + code;
    }
  }

  @BeforeAll
  void createRepository(@TempDir Path directory) {
    repository = Repository.withOneCommit(directory);
  }

  static Stream<Usage> wrong() {
    return Stream.of(
        Usage.of("rnu", "USAGE", "run"),
        Usage.of("statsu", "USAGE"),
        Usage.of("run", "USAGE", "JOB"),
        Usage.of("run x y", "USAGE", "y"),
        Usage.of("run x --dry-rnu", "USAGE", "--dry-run"),
        Usage.of("--jsn version", "USAGE", "--json"),
        Usage.of("job lst", "USAGE", "list"),
        Usage.of("receipt list --limit many", "USAGE", "many"),
        Usage.of("receipt list --limit -1", "USAGE", "-1"),
        Usage.of("perf stats no.such.operation", "USAGE", "no.such.operation"),
        Usage.of("cache clear no-such-cache", "CACHE_NOT_FOUND", "no-such-cache"),
        Usage.of("cache show no-such-cache", "CACHE_NOT_FOUND", "no-such-cache"),
        Usage.of("cache shwo", "USAGE", "show"),
        Usage.of("cache verify it", "USAGE", "it"),
        Usage.of("--repo /nowhere/at/all cache clear", "REPO_NOT_FOUND", "/nowhere/at/all"),
        Usage.of("completion tcsh", "USAGE", "bash", "zsh", "fish"),
        Usage.of("init --format toml", "USAGE", "yaml"),
        Usage.of("receipt show 01ZZZZZZZZZZZZZZZZZZZZZZZZ", "RECEIPT_NOT_FOUND", "01ZZZZ"),
        Usage.of("receipt show --upload-pack=x", "USAGE"),
        Usage.of("job show nothing", "JOB_NOT_FOUND"),
        Usage.of("template render nothing.peb", "TEMPLATE_NOT_FOUND", "nothing.peb"),
        Usage.of("template render --data nowhere.json x.peb", "USAGE", "nowhere.json"),
        Usage.of("--repo /nowhere/at/all job list", "REPO_NOT_FOUND", "/nowhere/at/all"),
        Usage.of("--repo", "USAGE", "--repo"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void isRefused(Usage usage) {
    var outcome = repository.run(usage.arguments());
    var problem = outcome.refused(usage.code());
    var said = problem.place() + ": " + problem.message();
    assertThat(usage.mentions()).as("in " + said).allMatch(said::contains);
    assertThat(outcome.out()).isEmpty();
  }

  /** Without a verb the overview is shown; it is still a usage error. */
  @Test
  void withoutVerb() {
    var outcome = repository.run();
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out() + outcome.err()).contains("init", "run", "receipt", "--repo");
  }

  /** Programs get problems as objects too. */
  @Test
  void problemsAreJsonWhenAskedFor() {
    var outcome = repository.run("--json", "run", "nothing");
    assertThat(outcome.status()).isEqualTo(3);
    var error = Json.object(outcome.err());
    assertThat(error).containsEntry("code", "JOB_NOT_FOUND");
    assertThat((String) error.get("schema")).isEqualTo("gitvan.error.v1");
    assertThat(outcome.out()).isEmpty();
  }

  /** {@code $}, braces and quotes are for nobody to evaluate. */
  @Test
  void argumentsAreTakenAsTheyAre() {
    repository.template("echo.peb", "{{ text }}\n");
    var text = "$(touch pwned) ${HOME} {a,b} 'x' \"y\" `z` \\n äöü";
    assertThat(repository.run("template", "render", "echo.peb", "-d", "text=" + text).ok().out())
        .isEqualTo(text + "\n");
  }

  /** Java alone would print a stack trace. */
  @Test
  void aFolderThatIsGoneIsSaid() {
    var outcome =
        repository
            .gitvan()
            .through("sh", "-c", "mkdir gone && cd gone && rmdir ../gone && exec \"$@\"", "sh")
            .run("version");
    assertThat(outcome.err())
        .contains("IO_ERROR .: the current folder no longer exists.")
        .doesNotContain("\tat ");
    assertThat(outcome.status()).isEqualTo(70);
  }
}
