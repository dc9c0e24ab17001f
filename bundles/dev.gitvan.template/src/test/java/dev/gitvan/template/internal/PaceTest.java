package dev.gitvan.template.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.template.Templates.Written;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What outputs ask before they are written, and what is left of one that gives up. */
class PaceTest {
  private static final int LARGE = 1 << 20;

  @TempDir Path directory;
  private final List<Integer> asked = new ArrayList<>();

  private Written write(TemplatesFixture fixture, String path, int bytes, Pace pace) {
    var output = OutputPath.of(fixture.git.worktree(), path);
    return new OutputFile(output, false, pace)
        .write(
            out -> {
              for (int i = 0; i < bytes; i++) {
                out.write('x');
              }
            },
            artifact -> {});
  }

  @Test
  void everyByteThatIsWrittenAndNoOther() {
    try (var fixture = new TemplatesFixture(directory)) {
      write(fixture, "small.txt", 1000, asked::add);
      assertThat(asked).containsExactly(1000);
      assertThat(write(fixture, "small.txt", 1000, asked::add).changed()).isFalse();
      assertThat(asked).hasSize(1);
      write(fixture, "large.txt", LARGE, asked::add);
      assertThat(asked.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1000 + LARGE);
    }
  }

  /**
   * Given up at the first piece and in the middle. Shown to fail when a temporary file is not
   * deleted on failure.
   */
  @Test
  void nothingIsLeftOfOneThatGivesUp() {
    try (var fixture = new TemplatesFixture(directory)) {
      fixture.git.write("there.txt", "before");
      for (int bytes : new int[] {1000, LARGE}) {
        for (var path : List.of("there.txt", "new/folder/out.txt")) {
          var failure =
              TemplatesFixture.failure(
                  () ->
                      write(
                          fixture,
                          path,
                          bytes,
                          piece -> {
                            asked.add(piece);
                            if (bytes == 1000 || asked.size() > 20) {
                              throw new InterruptedIOException();
                            }
                          }));
          assertThat(failure).extracting(GitVanException::code).isEqualTo(Codes.INTERRUPTED);
          asked.clear();
        }
      }
      assertThat(fixture.git.read("there.txt")).isEqualTo("before");
      assertThat(fixture.status()).isEqualTo("?? there.txt");
    }
  }

  /** Shown to fail when each opening of the templates has a limiter of its own. */
  @Test
  void allWhoWriteToARepositoryShareTheRate() {
    try (var fixture = new TemplatesFixture(directory)) {
      fixture.git.write("gitvan.yaml", "files: { rate: 10KiB }");
      fixture.template("page.peb", "{{ text }}");
      fixture.open().write("page.peb", Map.of("text", "warm"), "out.txt");
      var sets = Stream.generate(fixture::open).limit(10).toList();
      var data = Map.of("text", "x".repeat(1024));
      long start = System.nanoTime();
      var all =
          IntStream.range(0, sets.size())
              .mapToObj(
                  i ->
                      CompletableFuture.runAsync(
                          () -> sets.get(i).write("page.peb", data, "out" + i + ".txt"),
                          task -> new Thread(task).start()))
              .toList();
      all.forEach(CompletableFuture::join);
      // A second, of which a tenth was saved.
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(900_000_000L);
      assertThat(fixture.path("out9.txt")).hasContent("x".repeat(1024));
    }
  }
}
