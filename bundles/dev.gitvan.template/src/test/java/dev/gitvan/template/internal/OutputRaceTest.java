package dev.gitvan.template.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.GitVanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Outputs while somebody swaps their folder for a symbolic link that leads out of the worktree. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class OutputRaceTest {
  private static final int WRITES = 1500;

  @TempDir Path directory;

  /** Shown to fail when folders are opened by their paths: files appeared outside. */
  @Test
  void nothingIsEverWrittenThroughALinkThatIsSwappedIn() throws Exception {
    var outside = Files.createDirectory(directory.resolve("outside"));
    try (var fixture = new TemplatesFixture(Files.createDirectory(directory.resolve("inside")))) {
      fixture.template("page.peb", "{{ n }}\n");
      var out = Files.createDirectory(fixture.path("out"));
      var parked = Files.createDirectory(directory.resolve("parked"));
      var stop = new AtomicBoolean();
      var swaps = new AtomicInteger();
      var swapper = new Thread(() -> swap(out, parked, outside, stop, swaps), "swapper");
      swapper.start();
      int written = 0;
      var codes = new TreeSet<String>();
      try {
        var set = fixture.open();
        // On a busy machine one of the two may be at rest all the while.
        for (int n = 0; n < WRITES || written == 0 || swaps.get() == 0; n++) {
          try {
            set.write("page.peb", Map.of("n", n), "out/page.txt");
            written++;
          } catch (GitVanException e) {
            codes.add(e.code().name());
          }
        }
      } finally {
        stop.set(true);
        swapper.join();
      }

      assertThat(outside).isEmptyDirectory();
      assertThat(swaps.get()).as("swaps").isPositive();
      assertThat(written).as("outputs written").isPositive();
      assertThat(codes).doesNotContain("INTERNAL");
    }
  }

  /** Moves the folder away, which the writer creates again, and shows a link in its place. */
  private static void swap(
      Path out, Path parked, Path outside, AtomicBoolean stop, AtomicInteger swaps) {
    for (int i = 0; !stop.get(); i++) {
      try {
        Files.move(out, parked.resolve(String.valueOf(i)));
        Files.createSymbolicLink(out, outside);
        swaps.incrementAndGet();
        Thread.yield();
        Files.delete(out);
      } catch (IOException e) {
        // The writer was faster: it has a folder there again, or none yet.
      }
    }
  }
}
