package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.testkit.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JVMs that cannot start as usual. */
class DamagedArchiveIT {
  @TempDir Path directory;

  /** Fails without the identity of the archive: exit status 134, text on standard output. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "head -c 8000000 \"$1\" >\"$1.cut\" && mv -f \"$1.cut\" \"$1\"",
        "rm \"$1\" && mkdir \"$1\"",
        "rm \"$1\" && mkfifo \"$1\""
      })
  void isNotUsed(String damage) throws IOException {
    var repository = Repository.withOneCommit(directory);
    var archive = archive(repository.gitvan());
    repository.sandbox().exec(List.of("sh", "-ec", damage, "sh", archive.toString()), Map.of());
    var before = repository.state();

    var outcome = repository.run("version").ok();

    assertThat(outcome.out()).startsWith("gitvan ");
    assertThat(outcome.err()).isEmpty();
    assertThat(archive).doesNotExist();
    before.assertUntouched();
  }

  /** Shown to fail without the trial: two lines of the JVM. */
  @Test
  void jvmThatDoesNotStartIsReportedInOneLine() {
    var repository = Repository.withOneCommit(directory);
    var before = repository.state();
    var limited = repository.gitvan().through("sh", "-c", "ulimit -v 300000 && exec \"$@\"", "sh");
    limited.run("version").refused("INTERNAL");
    repository.gitvan().with("GITVAN_JAVA_OPTS", "-Xmx4x").run("version").refused("INTERNAL");
    before.assertUntouched();
  }

  /** Java splits class paths at colons. */
  @Test
  void installationBelowColonIsRefused() {
    var repository = Repository.withOneCommit(directory);
    var copy = Distribution.copyTo(directory.resolve("a:b"));
    repository.gitvan().installedAt(copy).run("version").refused("IO_ERROR");
  }

  private static Path archive(Gitvan gitvan) throws IOException {
    try (var files = Files.walk(gitvan.home().resolve("cache/classes"))) {
      var archive = files.filter(file -> file.toString().endsWith(".jsa")).findFirst();
      Machine.needs(archive.isPresent(), "no class archive was recorded");
      return archive.orElseThrow();
    }
  }
}
