package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration as its documentation describes it, and the user's own file. */
class ConfigurationIT {
  @TempDir Path directory;
  private Repository repository;

  @BeforeEach
  void create() {
    repository = Repository.withOneCommit(directory);
  }

  /** Update it with {@code gitvan config schema > docs/gitvan.schema.json}. */
  @Test
  void theCommittedSchemaIsThePrintedOne() {
    assertThat(Path.of("../../docs/gitvan.schema.json"))
        .hasContent(repository.run("config", "schema").ok().out());
  }

  @Test
  void theDocumentationHasEverySettingWithItsDefault() throws IOException {
    var page = Files.readString(Path.of("../../docs/configuration.md"));
    var shown = repository.run("config", "show").ok().out().lines().skip(1).toList();
    assertThat(shown).hasSizeGreaterThan(20);
    for (var line : shown) {
      var cells = line.split("  +");
      assertThat(page).contains("| `" + cells[0] + "` | `" + cells[1] + "` |");
    }
  }

  @Test
  void theUsersFileHoldsForAllRepositories() throws IOException {
    var file = user("daemon: { workers: 7 }\nqueue: { concurrency: 3 }\n");
    repository.write("gitvan.yaml", "queue: { concurrency: 2 }\n");

    var shown = repository.run("config", "show").ok().out();

    assertThat(shown).containsPattern("daemon.workers +7 +" + file + ":1:20");
    assertThat(shown).containsPattern("queue.concurrency +2 +gitvan.yaml:1:23");
    assertThat(repository.run("config", "path").ok().out().lines())
        .containsExactly(
            file.toString(), repository.sandbox().root().resolve("gitvan.yaml").toString());
  }

  @Test
  void aRepositoryCannotSetWhatIsTheUsers() {
    repository.write("gitvan.yaml", "daemon: { workers: 64 }\n");
    var problem = repository.run("job", "list").refused("CONFIG_PLACE");
    assertThat(problem.place()).isEqualTo("gitvan.yaml:1:11");
    assertThat(problem.toString()).contains("config/gitvan.yaml");
  }

  @Test
  void aSectionWithoutItsPluginIsAWarning() {
    repository.write("gitvan.yaml", "plugins: { greeting: { loud: true } }\n");
    var validated = repository.run("config", "validate").ok();
    assertThat(validated.out()).contains("the configuration is valid");
    assertThat(validated.err()).startsWith("CONFIG_PLUGIN_ABSENT gitvan.yaml:1:12: ");
    assertThat(repository.run("job", "list").ok().err()).doesNotContain("CONFIG");
  }

  private Path user(String text) throws IOException {
    var folder = Files.createDirectories(repository.gitvan().home().resolve("config"));
    return Files.writeString(folder.resolve("gitvan.yaml"), text);
  }
}
