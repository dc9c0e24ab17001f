package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many files of one step: how fast they are written, what is open, and what a cancellation leaves.
 */
class BulkFilesIT {
  /** At this rate the large file takes eight minutes: more than a run may take. */
  private static final String SLOW = "20KiB";

  private static final String SMALL_AND_LARGE = "{name: small, kib: 1}, {name: large, kib: 9999}";

  @TempDir Path directory;

  /** A step that writes a string of a length for each item: the length is its weight. */
  private Repository prepared(String rate, String options, String pages) {
    var repository = Repository.withOneCommit(directory);
    repository.write("gitvan.yaml", "files: { rate: " + rate + " }\n");
    repository.template(
        "page.peb", "{% for i in range(1, item.kib) %}" + "x".repeat(1023) + "\n{% endfor %}");
    repository.job(
        "site",
        """
        %s
        steps:
          - template: page.peb
            for-each: [%s]
            to: "site/{{ item.name }}.txt"
            priority: "{{ 0 - item.kib }}"
            concurrency: 1
        """
            .formatted(options, pages));
    return repository;
  }

  private static List<String> files(Repository repository) {
    var folder = repository.file("site");
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * 100 KiB at 40 KiB a second, less what is let pass at once. Shown to fail when outputs do not
   * wait: it took 0.2 seconds.
   */
  @Test
  void takesAtLeastTheTimeThatTheRateSays() {
    var repository =
        prepared(
            "40KiB",
            "",
            "{name: a, kib: 10}, {name: b, kib: 20}, {name: c, kib: 30}, {name: d, kib: 40}");
    repository.run("run", "site").ok();
    assertThat(files(repository)).containsExactly("a.txt", "b.txt", "c.txt", "d.txt");
    assertThat(repository.file("site/d.txt")).hasSize(40 * 1024);
    assertThat((Long) repository.receipt("HEAD").get("durationMs")).isGreaterThanOrEqualTo(2400);
    assertThat(repository.run("perf", "stats", "files.wait").ok().out()).contains("files.wait");
  }

  /**
   * Ctrl-C while a file waits for its next bytes. Shown to fail when the wait goes on after an
   * interrupt, and when a temporary file is not deleted: it was left.
   */
  @Test
  void cancelledWhileAFileWaits() {
    var repository = prepared(SLOW, "", SMALL_AND_LARGE);
    var running =
        repository.gitvan().through("env", "--default-signal=INT").start("-q", "run", "site");
    Await.until(
        "the second file is begun",
        () ->
            Files.exists(repository.file("site/small.txt")) && files(repository).size() == 2
                || !running.isAlive(),
        () -> running.out() + running.err());
    running.signalGroup("INT");
    running.await().refused("INTERRUPTED");
    assertThat(files(repository)).containsExactly("small.txt");
    assertThat(repository.file("site/small.txt")).hasSize(1024);
    assertThat(repository.receipt("HEAD")).containsEntry("status", "cancelled");
    repository.assertSound();
  }

  /** Shown to fail as {@link #cancelledWhileAFileWaits} does. */
  @Test
  void theDeadlineCountsWhileAFileWaits() {
    var repository = prepared(SLOW, "timeout: 5s", SMALL_AND_LARGE);
    repository.gitvan().start("-q", "run", "site").await().refused("TIMEOUT");
    assertThat(files(repository)).isSubsetOf("small.txt");
  }

  /**
   * As many outputs as nobody may have open. Shown to fail when an output's folder is not closed:
   * {@code IO_ERROR}, too many open files.
   */
  @Test
  void fewFilesAreOpenHoweverManyAreWritten() {
    var repository = Repository.withOneCommit(directory);
    repository.template("page.peb", "{{ item }}\n");
    repository.job(
        "site",
        """
        steps:
          - template: page.peb
            for-each: "{{ range(1, 2000) }}"
            to: "site/{{ item % 50 }}/{{ item }}.txt"
          - commit: { message: "docs: site", paths: [site] }
        """);
    repository
        .gitvan()
        .through("sh", "-c", "ulimit -n 200 && exec \"$@\"", "sh")
        .run("-q", "run", "site")
        .ok();
    assertThat(repository.git("ls-tree", "-r", "--name-only", "HEAD", "site/").lines())
        .hasSize(2000);
    assertThat(repository.git("show", "HEAD:site/49/1999.txt")).isEqualTo("1999");
  }
}
