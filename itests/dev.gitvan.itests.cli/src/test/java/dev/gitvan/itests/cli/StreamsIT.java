package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.testkit.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard streams that are not what one would wish. */
class StreamsIT {
  @TempDir Path directory;

  /**
   * What was asked for has not arrived, and the caller must know: {@code gitvan config schema >
   * FILE} on a full disk.
   *
   * <p>Shown to fail when the launcher's streams drop what they cannot write: exit status 0.
   */
  @Test
  void outputOnAFullDiskIsAnError() {
    Machine.needs(Files.exists(Path.of("/dev/full")), "there is no /dev/full");
    redirected(prepared(), ">/dev/full").run("config", "schema").refused("DISK_FULL");
  }

  /** The run itself is not undone by what it cannot print. */
  @Test
  void runWhoseOutputIsLostIsDoneAllTheSame() {
    Machine.needs(Files.exists(Path.of("/dev/full")), "there is no /dev/full");
    var repository = prepared();
    var outcome = redirected(repository, ">/dev/full").run("-q", "run", "j");
    assertThat(outcome.status()).as(outcome.toString()).isZero(); // -q prints nothing
    outcome = redirected(repository, ">/dev/full").run("run", "j");
    assertThat(outcome.status()).as(outcome.toString()).isEqualTo(70);
    assertThat(repository.receipts("HEAD")).hasSize(2);
  }

  /** A reader that has seen enough is no error, and nothing is printed about it. */
  @Test
  void readerMayGoAway() {
    var repository = prepared();
    var outcome =
        repository
            .gitvan()
            .through("bash", "-o", "pipefail", "-c", "\"$@\" | head -n 1", "bash")
            .run("config", "schema")
            .ok();
    assertThat(outcome.out()).isEqualTo("{\n");
    assertThat(outcome.err()).isEmpty();
  }

  /**
   * As for git, a stream that is closed is as good as /dev/null.
   *
   * <p>Shown to fail without the check in bin/gitvan: what is printed goes into whatever file the
   * JVM has opened first, or is refused.
   */
  @ParameterizedTest
  @ValueSource(strings = {"<&-", ">&-", "2>&-", "<&- >&- 2>&-"})
  void closedStreams(String closed) {
    var repository = prepared();
    redirected(repository, closed).run("run", "j").ok();
    assertThat(repository.receipts("HEAD")).hasSize(1);
  }

  private static Gitvan redirected(Repository repository, String redirection) {
    return repository.gitvan().through("sh", "-c", "exec \"$@\" " + redirection, "sh");
  }

  private Repository prepared() {
    var repository = Repository.withOneCommit(directory);
    repository.job("j", "steps:\n  - run: [\"true\"]\n");
    return repository;
  }
}
