package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The error codes of the plugin {@code itests/plugins/greeting}, as users see them. */
@Timeout(180)
class PluginErrorsIT {
  private static final Path PLUGIN =
      Path.of(
          System.getProperty("gitvan.plugins"), "greeting/target/org.example.greeting-1.0.0.jar");

  @TempDir Path directory;

  @Test
  void aPluginsCodeHasItsExitStatusAndIsExplained() throws Exception {
    var repository = Repository.withOneCommit(directory);
    var installation = Distribution.copyTo(directory.resolve("gitvan"));
    Files.copy(PLUGIN, installation.resolve("bundles").resolve(PLUGIN.getFileName()));
    var gitvan = repository.gitvan().installedAt(installation);

    var failed = gitvan.run("-q", "run", "greeting", "--key", "k", "-i", "name=");
    assertThat(failed.status()).as(failed.toString()).isEqualTo(3);
    assertThat(failed.err())
        .isEqualTo(
            "GREETING_NOBODY greeting: the name is blank. Pass one, such as -i name=world.\n");

    var known = gitvan.run("run", "greeting", "--key", "k", "-i", "name=");
    assertThat(known.out()).startsWith("already run with this key");
    assertThat(known.err()).startsWith("GREETING_NOBODY");
    assertThat(known.status()).as("of the run that is in a file").isEqualTo(3);

    assertThat(gitvan.run("help", "GREETING_NOBODY").ok().out())
        .contains("There is nobody to greet.\n", "exit  3\n", "org.example.greeting 1.0.0\n");
  }
}
