package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Outputs of more than twice the heap: they are rendered, compared, committed and printed as
 * streams. Shown to fail when an output is held in memory, {@code OutOfMemoryError}: by a spool
 * that never goes to its file, and by a cache of outputs without a limit for the size of one.
 */
class LargeOutputIT {
  private static final String HEAP = "-Xmx64m";
  private static final int LINES = 1_000_000;
  private static final String LINE = "0123456789abcde ".repeat(9);
  private static final long SIZE = LINES * (LINE.length() + 1L);

  @TempDir Path directory;

  @Test
  void streams() throws IOException {
    var repository = prepared("");
    var gitvan = repository.gitvan().with("GITVAN_JAVA_OPTS", HEAP);
    gitvan.run("run", "big", "--dry-run").ok();
    assertThat(repository.file("out")).doesNotExist();
    gitvan.run("run", "big").ok();
    var file = repository.file("out/big.txt");
    assertThat(Files.size(file)).isEqualTo(SIZE);
    assertAllLinesIn(file);
    assertNothingElseIn(repository, "out", "big.txt");
    assertThat(repository.git("cat-file", "-s", "HEAD:out/big.txt")).isEqualTo("" + SIZE);
    assertThat(repository.git("status", "--porcelain", "out")).isEmpty();

    var inode = Files.getAttribute(file, "unix:ino");
    var modified = Files.getLastModifiedTime(file);
    gitvan.run("run", "big").ok();
    assertThat(Files.getAttribute(file, "unix:ino")).as("unchanged").isEqualTo(inode);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(modified);
    assertNothingElseIn(repository, "out", "big.txt");

    var printed = directory.resolve("printed.txt");
    gitvan
        .through("sh", "-c", "exec \"$@\" >" + printed, "sh")
        .run("template", "render", "big.peb")
        .ok();
    assertThat(Files.mismatch(printed, file)).as("first difference").isEqualTo(-1);
    repository.assertSound();
  }

  /** It fails at its very end: the folder that was made for it is gone, too. */
  @Test
  void leavesNothingWhenItFails() throws IOException {
    var repository = prepared("{{ nothing.there }}");
    var gitvan = repository.gitvan().with("GITVAN_JAVA_OPTS", HEAP);
    var before = repository.state();
    gitvan.run("-q", "run", "big").refused("TEMPLATE_UNDEFINED");
    before.assertUntouchedButForReceipt();
    assertThat(repository.file("out")).doesNotExist();
  }

  private Repository prepared(String end) {
    var repository = Repository.withOneCommit(directory);
    repository.write("gitvan.yaml", "templates:\n  max-output: 256MiB\n");
    repository.template(
        "big.peb",
        "{% for i in range(1, 1000) %}{% for j in range(1, "
            + LINES / 1000
            + ") %}"
            + LINE
            + "\n{% endfor %}{% endfor %}"
            + end);
    repository.job(
        "big",
        """
        steps:
          - { template: big.peb, to: out/big.txt }
          - commit: { message: "docs: big", paths: [out/big.txt] }
        """);
    return repository;
  }

  private static void assertAllLinesIn(Path file) throws IOException {
    int lines = 0;
    try (var reader = Files.newBufferedReader(file)) {
      for (var line = reader.readLine(); line != null; line = reader.readLine(), lines++) {
        if (!line.equals(LINE)) {
          assertThat(line).as("line " + lines).isEqualTo(LINE);
        }
      }
    }
    assertThat(lines).isEqualTo(LINES);
  }

  private static void assertNothingElseIn(Repository repository, String folder, String... names)
      throws IOException {
    try (var files = Files.list(repository.file(folder))) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder(names);
    }
    try (var files = Files.list(repository.root())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".tmp"));
    }
  }
}
